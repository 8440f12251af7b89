// The components that come with the cluster. An environment adds its own beside them.
{
  'metrics-server': import '../metrics-server/main.libsonnet',
}
