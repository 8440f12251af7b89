// What the environment's pods request, against what its nodes can give. CPU in cores, memory in bytes.
local k = import '../kubernetes/main.libsonnet';
local manifests = import 'manifests.libsonnet';

local sum(numbers) = std.foldl(function(a, b) a + b, numbers, 0);

local request(container, resource) =
  if std.objectHas(container, 'resources') && std.objectHas(container.resources, 'requests') && std.objectHas(container.resources.requests, resource)
  then container.resources.requests[resource] else '0';

// What the injector of Linkerd adds to a pod: the proxy asks for what the pod's annotations say, or for what all proxies do.
local ofProxy(cluster, template, resource, parse) =
  local annotations = if std.objectHas(template, 'metadata') && std.objectHas(template.metadata, 'annotations') then template.metadata.annotations else {};
  local said = 'config.linkerd.io/proxy-%s-request' % resource;
  if !cluster.has('linkerd') || !std.member(['enabled', 'ingress'], std.get(annotations, 'linkerd.io/inject')) then 0
  else parse(if std.objectHas(annotations, said) then annotations[said] else cluster.get('linkerd').proxySize[resource]);

// A pod needs what its containers and its sidecars ask for together, or more where one init container asks for more. Sidecars
// run beside the init containers that come after them; the proxy is the first.
local ofPod(cluster, template, resource, parse) =
  local spec = template.spec;
  local proxy = ofProxy(cluster, template, resource, parse);
  local init = if std.objectHas(spec, 'initContainers') then spec.initContainers else [];
  local isSidecar(container) = std.objectHas(container, 'restartPolicy') && container.restartPolicy == 'Always';
  local running = sum([parse(request(c, resource)) for c in spec.containers + std.filter(isSidecar, init)]);
  proxy + std.foldl(std.max, [parse(request(c, resource)) for c in init if !isSidecar(c)], running);

local nodeCount(cluster) = if cluster.nodes == [] then 1 else sum([node.count for node in cluster.nodes]);

local pods(cluster, manifest) =
  if manifest.kind == 'DaemonSet' then nodeCount(cluster)
  else if std.member(['Deployment', 'StatefulSet'], manifest.kind) then manifest.spec.replicas
  else 0;  // Jobs come and go

// What one component's workloads ask for, each: [{ component, workload, pods, milliCPU, memory }], for one pod.
local ofComponent(cluster, component) = [
  {
    component: component.name,
    workload: one.workload,
    pods: one.pods,
    milliCPU: ofPod(cluster, one.template, 'cpu', k.quantity.milli),
    memory: ofPod(cluster, one.template, 'memory', k.quantity.bytes),
  }
  for one in [
    { workload: manifest.metadata.name, pods: pods(cluster, manifest), template: manifest.spec.template }
    for manifest in manifests.resources(cluster, component)
    if pods(cluster, manifest) > 0
  ] + [
    { workload: started.workload, pods: started.pods, template: { spec: started.spec } }
    for started in component.startedPods
  ]
  if one.pods > 0
];

// What a node keeps for the system: Google's published formula for its managed clusters (6 % of the first core, 1 % of the
// second, 0.5 % of the next two, 0.25 % of the rest; 25 % of the first 4 GiB, 20 % of the next 4, 10 % of the next 8,
// 6 % up to 128 GiB, 2 % above; and 100 MiB to evict in time).
local tiered(amount, tiers) =
  std.foldl(
    function(state, tier)
      local part = std.min(state.left, tier.size);
      { left: state.left - part, kept: state.kept + part * tier.perMille / 1000 },
    tiers,
    { left: amount, kept: 0 },
  ).kept;
local gib = 1073741824;
local endless = 1e18;
local reservedMilliCPU(milli) = std.ceil(tiered(milli, [
  { size: 1000, perMille: 60 },
  { size: 1000, perMille: 10 },
  { size: 2000, perMille: 5 },
  { size: endless, perMille: 2.5 },
]));
local reservedMemory(bytes) = std.ceil(tiered(bytes, [
  { size: 4 * gib, perMille: 250 },
  { size: 4 * gib, perMille: 200 },
  { size: 8 * gib, perMille: 100 },
  { size: 112 * gib, perMille: 60 },
  { size: endless, perMille: 20 },
]) + 100 * 1024 * 1024);

// capacity(cluster) -> {
//   requested: { cpu, memory }             by all pods
//   allocatable: { cpu, memory } | null    by all nodes; null where nobody says which nodes there are
//   components: [{ name, cpu, memory }]    what is requested by each
//   workloads: [{ component, workload, pods, cpu, memory }]    cpu and memory of one pod
//   nodes: [{ count, cpu, memory }]        what each kind of node can give
// }
function(cluster)
  local byComponent = [
    { name: cluster.enabled[name].name, workloads: ofComponent(cluster, cluster.enabled[name]) }
    for name in std.objectFields(cluster.enabled)
  ];
  local workloads = std.flattenArrays([entry.workloads for entry in byComponent]);
  local cpu(list) = sum([entry.pods * entry.milliCPU for entry in list]) / 1000;
  local memory(list) = sum([entry.pods * entry.memory for entry in list]);
  local nodes = [
    local milli = k.quantity.milli(node.cpu);
    local bytes = k.quantity.bytes(node.memory);
    { count: node.count, milliCPU: milli - reservedMilliCPU(milli), memory: bytes - reservedMemory(bytes) }
    for node in cluster.nodes
  ];
  {
    requested: { cpu: cpu(workloads), memory: memory(workloads) },
    allocatable: if cluster.nodes == [] then null else {
      cpu: sum([node.count * node.milliCPU for node in nodes]) / 1000,
      memory: sum([node.count * node.memory for node in nodes]),
    },
    components: [{ name: entry.name, cpu: cpu(entry.workloads), memory: memory(entry.workloads) } for entry in byComponent],
    workloads: [
      { component: entry.component, workload: entry.workload, pods: entry.pods, cpu: entry.milliCPU / 1000, memory: entry.memory }
      for entry in workloads
    ],
    nodes: [{ count: node.count, cpu: node.milliCPU / 1000, memory: node.memory } for node in nodes],
  }
