// What Lens and Headlamp ask a Prometheus for, as they are written: Freelens 1.10 (packages/technical-features/prometheus,
// the provider `helm`, by which it finds our Service; Lens' own was the same until its source was closed) and the plugin
// prometheus 0.9 of Headlamp 0.45.

/** What a test puts in for the names of objects. */
export interface Names {
  nodes: string;
  pods: string;
  namespace: string;
  pvc: string;
}

/** An aggregation over one selector, by labels. */
const sum = (selector: string, by = ''): string => `sum(${selector})${by === '' ? '' : ` by (${by})`}`;
const rate = (selector: string): string => `rate(${selector}[5m])`;

const memory = (matchers: string): string =>
  'node_memory_MemTotal_bytes - (node_memory_MemFree_bytes + node_memory_Buffers_bytes + node_memory_Cached_bytes)'.replaceAll(
    '_bytes',
    `_bytes${matchers}`,
  );
const mountpoint = 'mountpoint=~"/|/local"';
const container = 'container!="POD",container!="",image!=""';

const ofCluster = (nodes: string): Record<string, string> => {
  const node = `node=~"${nodes}"`;
  const kube = (metric: string, resource: string): string =>
    sum(`${metric}{${node}, resource="${resource}"}`, 'component');
  const fs = (metric: string): string => `node_filesystem_${metric}_bytes{${node}, ${mountpoint}}`;
  return {
    memoryUsage: sum(memory(`{${node}}`), 'component'),
    workloadMemoryUsage: sum(`container_memory_working_set_bytes{${container},instance=~"${nodes}"}`, 'component'),
    cpuUsage: sum(rate(`node_cpu_seconds_total{${node}, mode=~"user|system"}`)),
    podUsage: sum(`{__name__=~"kubelet_running_pod_count|kubelet_running_pods", instance=~"${nodes}"}`),
    podCapacity: kube('kube_node_status_capacity', 'pods'),
    podAllocatableCapacity: kube('kube_node_status_allocatable', 'pods'),
    fsSize: sum(fs('size'), 'node'),
    fsUsage: sum(`${fs('size')} - ${fs('avail')}`, 'node'),
    ...Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => [
        [`${resource}Requests`, kube('kube_pod_container_resource_requests', resource)],
        [`${resource}Limits`, kube('kube_pod_container_resource_limits', resource)],
        [`${resource}Capacity`, kube('kube_node_status_capacity', resource)],
        [`${resource}AllocatableCapacity`, kube('kube_node_status_allocatable', resource)],
      ]),
    ),
  };
};

const ofNodes = (): Record<string, string> => {
  const fs = (metric: string): string => `node_filesystem_${metric}_bytes{${mountpoint}}`;
  return {
    memoryUsage: sum(memory(''), 'node'),
    workloadMemoryUsage: sum('container_memory_working_set_bytes{container!="POD",container!=""}', 'instance'),
    memoryCapacity: sum('kube_node_status_capacity{resource="memory"}', 'node'),
    memoryAllocatableCapacity: sum('kube_node_status_allocatable{resource="memory"}', 'node'),
    cpuUsage: sum(rate('node_cpu_seconds_total{mode=~"user|system"}'), 'node'),
    cpuCapacity: sum('kube_node_status_allocatable{resource="cpu"}', 'node'),
    fsSize: sum(fs('size'), 'node'),
    fsUsage: sum(`${fs('size')} - ${fs('avail')}`, 'node'),
  };
};

/** Pods, and with other `pods` and `by` Deployments, StatefulSets, DaemonSets, Jobs, ReplicaSets, namespaces, containers. */
const ofPods = ({ pods, namespace }: Names, by: string): Record<string, string> => {
  const of = (metric: string, more = ''): string => `${metric}{${more}pod=~"${pods}",namespace="${namespace}"}`;
  const kube = (metric: string, resource: string): string => sum(of(metric, `resource="${resource}",`), by);
  return {
    cpuUsage: sum(rate(of('container_cpu_usage_seconds_total', `${container},`)), by),
    cpuRequests: kube('kube_pod_container_resource_requests', 'cpu'),
    cpuLimits: kube('kube_pod_container_resource_limits', 'cpu'),
    memoryUsage: sum(of('container_memory_working_set_bytes', `${container},`), by),
    memoryRequests: kube('kube_pod_container_resource_requests', 'memory'),
    memoryLimits: kube('kube_pod_container_resource_limits', 'memory'),
    fsUsage: sum(of('container_fs_usage_bytes', `${container},`), by),
    fsWrites: sum(rate(of('container_fs_writes_bytes_total', 'container!="",image!="",')), by),
    fsReads: sum(rate(of('container_fs_reads_bytes_total', 'container!="",image!="",')), by),
    networkReceive: sum(rate(of('container_network_receive_bytes_total')), by),
    networkTransmit: sum(rate(of('container_network_transmit_bytes_total')), by),
  };
};

const ofVolumes = ({ pvc, namespace }: Names): Record<string, string> => {
  const of = (metric: string): string =>
    sum(
      `kubelet_volume_stats_${metric}_bytes{persistentvolumeclaim="${pvc}",namespace="${namespace}"}`,
      'persistentvolumeclaim, namespace',
    );
  return { diskUsage: of('used'), diskCapacity: of('capacity') };
};

/** They know the ingress controller of nginx alone. */
const ofIngresses = ({ namespace }: Names): Record<string, string> => {
  const of = (metric: string, more = ''): string =>
    sum(
      rate(`nginx_ingress_controller_${metric}_sum{ingress="web",namespace="${namespace}"${more}}`),
      'ingress, namespace',
    );
  return {
    bytesSentSuccess: of('bytes_sent', ',status=~"^2\\\\d*"'),
    bytesSentFailure: of('bytes_sent', ',status=~"^5\\\\d*"'),
    requestDurationSeconds: of('request_duration_seconds'),
    responseDurationSeconds: of('response_duration_seconds'),
  };
};

const ofHeadlamp = ({ pods, namespace, pvc }: Names): Record<string, string> => {
  const by = 'pod,namespace';
  const of = (metric: string, more = ''): string => `${metric}{${more}namespace='${namespace}',pod=~'${pods}'}`;
  const minute = (selector: string): string => `rate(${selector}[1m])`;
  const volume = (metric: string): string =>
    `kubelet_volume_stats_${metric}_bytes{namespace='${namespace}',persistentvolumeclaim='${pvc}'}`;
  return {
    cpu: sum(minute(of('container_cpu_usage_seconds_total', "container!='',")), by),
    memory: sum(of('container_memory_working_set_bytes', "container!='',"), by),
    networkReceive: sum(minute(of('container_network_receive_bytes_total')), by),
    networkTransmit: sum(minute(of('container_network_transmit_bytes_total')), by),
    filesystemReads: sum(minute(of('container_fs_reads_bytes_total')), by),
    filesystemWrites: sum(minute(of('container_fs_writes_bytes_total')), by),
    diskUsage: sum(volume('used'), 'persistentvolumeclaim, namespace'),
    diskCapacity: sum(volume('capacity'), 'persistentvolumeclaim, namespace'),
  };
};

const without = (queries: Record<string, string>, names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(queries).filter(([name]) => !names.includes(name)));

/** Every query by `<what is shown>: <name>`. */
export const lensQueries = (names: Names): Record<string, string> => {
  // A Deployment has no label of its own: Lens looks for pods whose names look like its.
  const deployment = { ...names, pods: names.pods.replace(/-[^-]+-[^-]+$/, '-[[:alnum:]]{9,}-[[:alnum:]]{5}') };
  const groups: Record<string, Record<string, string>> = {
    cluster: ofCluster(names.nodes),
    nodes: ofNodes(),
    pod: ofPods(names, 'pod, namespace'),
    // The containers of a pod share its network, and Lens doesn't ask what passes through that of one.
    container: without(ofPods(names, 'pod, container, namespace'), ['networkReceive', 'networkTransmit']),
    deployment: ofPods(deployment, 'namespace'),
    namespace: ofPods({ ...names, pods: '.*' }, 'namespace'),
    volume: ofVolumes(names),
    ingress: ofIngresses(names),
    headlamp: ofHeadlamp(names),
  };
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, queries]) =>
      Object.entries(queries).map(([name, query]) => [`${group}: ${name}`, query]),
    ),
  );
};
