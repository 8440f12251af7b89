// The components that come with the cluster. An environment adds its own beside them.
{
  alloy: import '../alloy/main.libsonnet',
  'alloy-node': import '../alloy-node/main.libsonnet',
  'argo-cd': import '../argo-cd/main.libsonnet',
  'cert-manager': import '../cert-manager/main.libsonnet',
  contour: import '../contour/main.libsonnet',
  'external-dns': import '../external-dns/main.libsonnet',
  grafana: import '../grafana/main.libsonnet',
  headlamp: import '../headlamp/main.libsonnet',
  'kube-state-metrics': import '../kube-state-metrics/main.libsonnet',
  lens: import '../lens/main.libsonnet',
  loki: import '../loki/main.libsonnet',
  'metrics-server': import '../metrics-server/main.libsonnet',
  mimir: import '../mimir/main.libsonnet',
  'object-storage': import '../object-storage/main.libsonnet',
  tempo: import '../tempo/main.libsonnet',
}
