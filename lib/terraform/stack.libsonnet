// What every stack has: the version of Terraform, its providers and its state.
local backend = import 'backend.libsonnet';
local providers = import 'providers.json';

// stack(cluster, name, used) -> the beginning of main.tf.json. used: names of providers.
function(cluster, name, used) {
  '//': 'Rendered from environments/%s: change that, not this.' % cluster.name,
  terraform: {
    // The first with a lock file in S3 (`use_lockfile`), of Terraform and of OpenTofu.
    required_version: '>= 1.10.0',
    [if used != [] then 'required_providers']: {
      [provider]: { source: providers[provider].source, version: providers[provider].version }
      for provider in used
    },
    backend: backend(cluster, name),
  },
  variable: {
    repository: {
      type: 'string',
      default: null,
      description: 'Root of the repository; null: this folder is <root>/rendered/<env>/terraform/<stack>.',
    },
  },
}
