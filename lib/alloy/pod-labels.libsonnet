// Rules that give what comes from a pod the labels that the field's dashboards look for.
local pod = '__meta_kubernetes_pod_';

{
  // Namespace, pod, container. Pods that have ended are dropped.
  identity: [
    { source_labels: [pod + 'phase'], regex: 'Succeeded|Failed', action: 'drop' },
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
    { source_labels: [pod + 'name'], target_label: 'pod' },
    { source_labels: [pod + 'container_name'], target_label: 'container' },
  ],

  // Unlike an address this says what it is, and stays the same when a StatefulSet restarts.
  instance: [
    { source_labels: [pod + 'name', pod + 'container_name', pod + 'container_port_name'], separator: ':', target_label: 'instance' },
  ],

  // job: the namespace and the program's name, which is the last of these that is there: its container's name, that of its
  // controller, and the labels by which programs were called over the years.
  job: [
    { source_labels: [pod + 'container_name'], target_label: '__program' },
    { source_labels: [pod + 'controller_kind', pod + 'controller_name'], regex: '(?:DaemonSet|Job|StatefulSet);(.+)', target_label: '__program' },
    { source_labels: [pod + 'controller_kind', pod + 'controller_name'], regex: 'ReplicaSet;(.+)-[^-]+', target_label: '__program' },
  ] + [
    { source_labels: [pod + 'label_' + label], regex: '(.+)', target_label: '__program' }
    for label in ['app', 'k8s_app', 'component', 'app_kubernetes_io_name']
  ] + [
    { source_labels: ['namespace', '__program'], separator: '/', target_label: 'job' },
  ],
}
