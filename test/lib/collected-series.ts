// The series that reach Mimir, for what Lens asks: a sample of what each exporter gives (by its own documentation), sent through
// the collectors' configuration as an environment has it. Only what the configuration lets through comes out, with the labels
// that it gives.

export type Labels = Record<string, string>;

/** Name, namespace and node of what the samples are about. */
export const sample = {
  node: 'node-1',
  namespace: 'web',
  pod: 'blog-6d5f9c7b8d-x2x4z',
  container: 'server',
  pvc: 'data-blog-0',
};

/** What an environment says of the collectors. */
export interface Collectors {
  /** Blocks of alloy-node's configuration. */
  node: Record<string, any>;
  /** Blocks of alloy's configuration for components. */
  components: Record<string, any>;
  /** `--collector.…` of node-exporter. */
  nodeExporterArgs: string[];
  /** `--resources=…` of kube-state-metrics. */
  kubeStateMetricsArgs: string[];
  /** Labels of its pods, and their namespace. */
  kubeStateMetricsPod: { namespace: string; labels: Labels };
  /** Metrics that are never written: the setting `dropMetrics`. */
  drop: string[];
}

const series = (name: string, labels: Labels = {}): Labels => ({ __name__: name, ...labels });

// ---- what exporters give ----

const ofContainer = {
  container: sample.container,
  id: '/kubepods/burstable/pod1/abc',
  image: 'registry.example/blog:1',
  name: 'abc',
  namespace: sample.namespace,
  pod: sample.pod,
};
const ofPodSandbox = { id: '/kubepods/burstable/pod1', image: 'registry.example/pause:3', name: 'def' };

/** cAdvisor: docs/storage/prometheus.md of google/cadvisor, with the labels that a kubelet gives. */
const cAdvisor: Labels[] = [
  series('container_cpu_usage_seconds_total', { ...ofContainer, cpu: 'total' }),
  series('container_memory_working_set_bytes', ofContainer),
  series('container_fs_usage_bytes', { ...ofContainer, device: '/dev/sda' }),
  series('container_fs_reads_bytes_total', { ...ofContainer, device: '/dev/sda' }),
  series('container_fs_writes_bytes_total', { ...ofContainer, device: '/dev/sda' }),
  ...['receive', 'transmit'].map((way) =>
    series(`container_network_${way}_bytes_total`, {
      ...ofPodSandbox,
      interface: 'eth0',
      namespace: sample.namespace,
      pod: sample.pod,
    }),
  ),
  // A slice of systemd, which would count everything twice.
  series('container_memory_working_set_bytes', { id: '/system.slice', container: '', pod: '' }),
];

/** The kubelet: pkg/kubelet/metrics and pkg/kubelet/metrics/collectors of Kubernetes. */
const kubelet: Labels[] = [
  series('kubelet_running_pods'),
  ...['used', 'capacity', 'available'].map((what) =>
    series(`kubelet_volume_stats_${what}_bytes`, { namespace: sample.namespace, persistentvolumeclaim: sample.pvc }),
  ),
];

/** node-exporter, by collector. */
const nodeExporter: Record<string, Labels[]> = {
  cpu: ['idle', 'system', 'user'].map((mode) => series('node_cpu_seconds_total', { cpu: '0', mode })),
  filesystem: ['size', 'avail'].map((what) =>
    series(`node_filesystem_${what}_bytes`, { device: '/dev/sda1', fstype: 'ext4', mountpoint: '/' }),
  ),
  meminfo: ['MemTotal', 'MemFree', 'Buffers', 'Cached'].map((what) => series(`node_memory_${what}_bytes`)),
};

/** kube-state-metrics, by kind: docs/metrics of kubernetes/kube-state-metrics. */
const ofPod = {
  namespace: sample.namespace,
  pod: sample.pod,
  uid: '1',
  container: sample.container,
  node: sample.node,
};
const kubeStateMetrics: Record<string, Labels[]> = {
  nodes: ['capacity', 'allocatable'].flatMap((what) =>
    ['cpu', 'memory', 'pods'].map((resource) =>
      series(`kube_node_status_${what}`, { node: sample.node, resource, unit: 'byte' }),
    ),
  ),
  pods: ['requests', 'limits'].flatMap((what) =>
    ['cpu', 'memory'].map((resource) =>
      series(`kube_pod_container_resource_${what}`, { ...ofPod, resource, unit: 'byte' }),
    ),
  ),
};

// ---- what the configuration makes of them ----

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** One rule of Prometheus' relabeling; null drops the series. */
const relabeled = (labels: Labels, rule: any): Labels | null => {
  const { action = 'replace', separator = ';', regex = '(.*)', replacement = '$1' } = rule;
  const value = list<string>(rule.source_labels)
    .map((name) => labels[name] ?? '')
    .join(separator);
  const whole = new RegExp(`^(?:${regex})$`, 's');
  const match = whole.exec(value);
  if (action === 'keep') return match === null ? null : labels;
  if (action === 'drop') return match === null ? labels : null;
  if (action === 'labeldrop') return Object.fromEntries(Object.entries(labels).filter(([name]) => !whole.test(name)));
  if (action !== 'replace') throw new Error(`teach this test the action ${action}`);
  if (match === null) return labels;
  const text = replacement.replaceAll(/\$\{?(\d+)\}?/g, (_: string, index: string) => match[Number(index)] ?? '');
  const { [rule.target_label]: _, ...others } = labels;
  return text === '' ? others : { ...others, [rule.target_label]: text };
};

const allRelabeled = (labels: Labels, rules: any[]): Labels | null =>
  rules.reduce((current: Labels | null, rule) => current && relabeled(current, rule), labels);

/** The rules of a block, which may be a list of bodies. */
const rulesOf = (block: any): any[] => list<any>(block).flatMap((body) => list<any>(body.rule));

const expressions: Record<string, string> = {
  'sys.env("NODE_NAME")': sample.node,
  'sys.env("NODE_ADDRESS") + ":10250"': '192.0.2.1:10250',
};

const valueOf = (value: any): string => {
  if (typeof value === 'string') return value;
  const known = expressions[value.$expression];
  if (known === undefined) throw new Error(`teach this test the expression ${value.$expression}`);
  return known;
};

/** Sends what a target gives through a scrape and what follows it, to where it is written. */
const scraped = (blocks: Record<string, any>, name: string, target: Labels, given: Labels[]): Labels[] => {
  const scrape = blocks[`prometheus.scrape "${name}"`];
  if (scrape === undefined) return [];
  const own = Object.fromEntries(Object.entries(target).filter(([label]) => !label.startsWith('__')));
  // Without honor_labels those of the target win.
  const merge = (labels: Labels): Labels => (scrape.honor_labels ? { ...own, ...labels } : { ...labels, ...own });
  return scrape.forward_to.flatMap(({ $expression }: { $expression: string }) => {
    const [, next] = /^prometheus\.relabel\.(\w+)\.receiver$/.exec($expression) ?? [];
    const rules = next === undefined ? [] : rulesOf(blocks[`prometheus.relabel "${next}"`]);
    return given.flatMap((labels): Labels[] => {
      const written = allRelabeled(merge(labels), rules);
      return written === null ? [] : [written];
    });
  });
};

/** The labels of the target that alloy-node asks on its node. */
const nodeTarget = (blocks: Record<string, any>, name: string): Labels => {
  const [target] = list<any>(blocks[`prometheus.scrape "${name}"`]?.targets);
  return Object.fromEntries(Object.entries<any>(target?.$map ?? {}).map(([key, value]) => [key, valueOf(value)]));
};

/** kube-state-metrics as Alloy's discovery finds it, and the scrapes that take it. */
const discovered = ({ components, kubeStateMetricsPod }: Collectors): { name: string; target: Labels }[] => {
  const { namespace, labels } = kubeStateMetricsPod;
  const pod = '__meta_kubernetes_pod_';
  const found: Labels = {
    __meta_kubernetes_namespace: namespace,
    [`${pod}phase`]: 'Running',
    [`${pod}name`]: 'kube-state-metrics-0',
    [`${pod}container_name`]: 'server',
    [`${pod}container_port_name`]: 'metrics',
    ...Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [`${pod}label_${name.replaceAll(/\W/g, '_')}`, value]),
    ),
  };
  const target = allRelabeled(found, rulesOf(components['discovery.relabel "components"']));
  return Object.keys(components).flatMap((header) => {
    const [, name] = /^prometheus\.scrape "(\w+)"$/.exec(header) ?? [];
    if (name === undefined || target === null) return [];
    return allRelabeled(target, rulesOf(components[`discovery.relabel "${name}"`])) === null ? [] : [{ name, target }];
  });
};

/** Every sample that is written, with its labels. */
export const collectedSeries = (collectors: Collectors): Labels[] => {
  const { node, components, nodeExporterArgs, kubeStateMetricsArgs, drop } = collectors;
  const fromNode = (name: string, given: Labels[]): Labels[] => scraped(node, name, nodeTarget(node, name), given);
  const running = Object.entries(nodeExporter).filter(([name]) => nodeExporterArgs.includes(`--collector.${name}`));
  const resources = kubeStateMetricsArgs.find((arg) => arg.startsWith('--resources='))!.slice('--resources='.length);
  const kinds = resources.split(',').flatMap((kind) => kubeStateMetrics[kind] ?? []);
  const dropped = new RegExp(`^(?:${drop.join('|')})$`);
  return [
    ...fromNode('cadvisor', cAdvisor),
    ...fromNode('kubelet', kubelet),
    ...fromNode(
      'node',
      running.flatMap(([, given]) => given),
    ),
    ...discovered(collectors).flatMap(({ name, target }) => scraped(components, name, target, kinds)),
  ].filter(({ __name__ }) => drop.length === 0 || !dropped.test(__name__!));
};
