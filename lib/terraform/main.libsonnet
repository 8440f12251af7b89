// What Terraform makes, in two stacks with a state each: `storage` outlives clusters, `cluster` comes and goes. They make
// clusters, buckets and zones, never what runs in a cluster. Both are Terraform's JSON syntax: an environment may add to
// them, `terraform+:: { cluster+: { resource+: { … } } }`.
local problems = import '../cluster/problems.libsonnet';
local own = import 'problems.libsonnet';
local stack = import 'stack.libsonnet';
local storage = import 'storage.libsonnet';
local text = import 'text.libsonnet';

// What makes the cluster, by target: { providers, content, outputs: { context, endpoint, kubeconfig } }, outputs as expressions.
local targets = {
  digitalocean: import 'digitalocean.libsonnet',
  existing: import 'existing.libsonnet',
  kind: import 'kind.libsonnet',
  minikube: import 'minikube.libsonnet',
};

local variables = {
  kubeconfig_path: {
    type: 'string',
    default: null,
    description: 'Path of the kubeconfig; null: as infrastructure.kubeconfig of the environment says.',
  },
};

// outputs(cluster, made) -> the same for every target: no output is a secret.
local outputs(cluster, made) = {
  context: { description: 'Context in the kubeconfig.' } + made.outputs.context,
  endpoint: { description: 'URL of the API server.' } + made.outputs.endpoint,
  kubeconfig_path: { description: 'Path of the kubeconfig, which is a secret.' } + made.outputs.kubeconfig,
  name: { description: 'Name of the environment.', value: cluster.name },
  target: { description: 'What the cluster was made with.', value: cluster.infrastructure.target },
};

local clusterStack(cluster) =
  local made = targets[cluster.infrastructure.target](cluster);
  stack(cluster, 'cluster', made.providers) {
    variable+: variables,
    locals+: {
      kubeconfig_path: text.template('var.kubeconfig_path != null ? pathexpand(var.kubeconfig_path) : ' + text.path(cluster.infrastructure.kubeconfig)),
    },
    output: outputs(cluster, made),
  } + made.content;

// stacks(cluster) -> { cluster, storage }: the contents of both main.tf.json.
function(cluster)
  // What is wrong with `infrastructure` can only be told of settings of the right types.
  problems.orElse(problems.ofCluster(cluster), problems.orElse(own(cluster), {
    cluster: clusterStack(cluster),
    storage: storage(cluster),
  }))
