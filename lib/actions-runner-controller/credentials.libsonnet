// The Secrets by which GitHub knows the scale sets. Their keys are fixed: docs of gha-runner-scale-set 0.14.
local keys = {
  app: {
    github_app_id: 'ID or client ID of the GitHub App',
    github_app_installation_id: 'ID of its installation',
    github_app_private_key: 'its private key, PEM',
  },
  token: { github_token: 'personal access token' },
};

// secrets(actions-runner-controller) -> the Secrets that must exist, for the component's `secrets`.
function(this)
  local all = [this.scaleSets[name].credentials for name in std.objectFields(this.scaleSets)];
  {
    [name]: {
      namespace: this.runners.namespace,
      keys: std.foldl(function(found, one) if one.secretName == name then found + keys[one.kind] else found, all, {}),
    }
    for name in std.set([one.secretName for one in all])
  } + std.foldl(
    function(found, proxy)
      if std.objectHas(proxy, 'credentialSecretRef')
      then found { [proxy.credentialSecretRef]: { namespace: this.runners.namespace, keys: { username: 'user of the proxy', password: 'password of that user' } } }
      else found,
    [
      set.proxy[scheme]
      for set in [this.scaleSets[name] for name in std.objectFields(this.scaleSets)]
      if std.objectHas(set, 'proxy')
      for scheme in ['http', 'https']
      if std.objectHas(set.proxy, scheme)
    ],
    {},
  )
