// kubeconfigFile(content) -> the resource that writes a kubeconfig, for the providers that write none themselves. The state
// holds it anyway, with the resource that it comes from.
function(content) {
  local_sensitive_file: { kubeconfig: {
    filename: '${local.kubeconfig_path}',
    content: content,
    file_permission: '0600',
    directory_permission: '0700',
  } },
}
