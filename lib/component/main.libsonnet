// What every component is made of. See README.md for the contract.
//
// Visible fields are settings and carry a doc twin; hidden fields are wiring, resources and everything else.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local meshLegs = import 'mesh-legs.libsonnet';
local meshPolicies = import 'mesh-policies.libsonnet';
local mesh = import 'mesh.libsonnet';
local networkPolicies = import 'network-policies.libsonnet';

// What a workload is unless its declaration says otherwise.
local workloadDefaults = {
  // name: '<prefix>-<role>'
  // namespace: one of the component's `namespaces` that its pods are in, instead of its own
  ports: {},  // { name: number }: the container's ports, said once for container, Service, NetworkPolicy and scrape target
  protocols: {},  // { name: 'UDP' } for the ports that are not TCP
  apiAccess: false,  // does it call the API server with the token of its ServiceAccount?
  dns: true,  // does it look up names?
  replicated: true,  // false for DaemonSets, Jobs and pods that a program starts: no replicas, no PodDisruptionBudget
  serviceAccount: true,  // false where a program makes the ServiceAccount of the pods that it starts
  group: null,  // workloads that are the zones of one program: they share a PodDisruptionBudget
  mesh: {},  // what it is to the service mesh: see mesh.libsonnet
};

{
  local this = self,

  // ---- settings that every component has ----

  '#name':: doc.setting('name', 'Name of the component: its field in `components`, its app, and the value of `instance` in its labels.'),
  name: error 'component: set name',

  '#enabled':: doc.setting('boolean', 'Whether it runs. A component that is off takes its app, its policies and its wiring with it.'),
  enabled: true,

  '#namespace':: doc.setting('name', 'Namespace of its objects. The app `cluster` creates it.'),
  namespace: this.name,

  '#replicas':: doc.map('count', 'Pods of each workload.', keys=std.objectFields(this.workloads)),
  replicas: {
    [role]: if this.highlyAvailable then 2 else 1
    for role in std.objectFields(this.workloads)
    if this.workload(role).replicated
  },

  '#size':: doc.map(
    doc.shape({
      cpu: doc.required('quantity', 'CPU request of one pod.'),
      memory: doc.required('quantity', 'Memory request of one pod.'),
      memoryLimit: doc.setting('quantity', 'Memory limit of one pod; the request when it is left out.'),
    }),
    'What one pod of each workload asks for.',
    keys=std.objectFields(this.workloads),
  ),
  size: {},

  // ---- wiring: what the cluster puts in ----

  // The cluster as this component sees it. cluster.get('mimir') and cluster.has('mimir') are how components find each other.
  cluster:: error 'component %s: take it from the cluster (cluster.get("%s")), which wires it in' % [this.name, this.name],
  highlyAvailable:: this.cluster.profile == 'highly-available',

  // ---- wiring: what the component declares ----

  workloads:: {},  // { role: { name?, ports?, … } }: the programs it runs; workloadDefaults above says what may be declared

  needs:: [],  // components that must be healthy before this one is applied; they must be on
  after:: [],  // components that come first where they are on
  calls:: [],  // who of this component calls whom: see network-policies.libsonnet
  entries:: {},  // { purpose: { workload, port } }: what other components may call; see calledBy()
  buckets:: {},  // { purpose: { holds } }: object storage that it needs; lib/object-storage says which bucket that is
  exposes:: {},  // { name: { host, workload, port, … } }: what Contour publishes; see lib/contour/proxy.libsonnet
  scrape:: [],  // [{ workload, port, path?, scheme?, honorLabels? }]: where its metrics are
  ruleGroups:: { logs: [], metrics: [] },  // groups of recording rules and alerts for the rulers of Loki and Mimir, as those write them
  dashboards:: {},  // { folder: { file: dashboard } }: for Grafana, as its JSON model
  mesh:: {},  // what all its workloads are to the service mesh, unless one says otherwise: see mesh.libsonnet
  callsProxies:: [],  // [{ from, port }]: which of its workloads call every proxy of the mesh, on which of its `proxyPorts`
  startedPods:: [],  // [{ workload, pods, spec }]: pods that its programs start and keep, for `capacity`
  collector:: null,  // the workload that scrapes every component's targets, for the one component that does
  signals:: {},  // { name: { kind, ask, lost, found, … } }: what it remembers and can be asked for; see ../cluster/signals.libsonnet
  secrets:: {},  // { name: { keys: { key: help }, generate?, … } }: Secrets that must exist; see ../cluster/secrets.libsonnet

  // What is wrong with its settings beyond their types: sentences that begin with the setting ('replicas.controller: …').
  // Read only when every setting has the right type.
  problems:: [],

  namespaceLabels:: {},  // further labels of its namespace
  podSecurity:: { level: 'restricted', reason: null },  // less than restricted needs a reason
  clusterKinds:: [],  // [{ group, kind }]: cluster-scoped kinds that its app may apply
  otherNamespaces:: [],  // namespaces beside its own that its app may write to
  namespaces:: {},  // { name: { podSecurity?, quota?, limits? } }: further namespaces that the app `cluster` makes for it
  crds:: [],  // CustomResourceDefinitions, applied by the app `cluster`
  ignoreDifferences:: [],  // what others write into its objects, for its Application
  cascade:: true,  // does what its app applied go when the component goes?
  priority:: 'infrastructure',
  partOf:: this.name,
  prefix:: this.name,

  // workload(role) -> the declaration of one workload, completed.
  workload(role):: workloadDefaults + this.workloads[role],

  // workloadName(role) -> the name of the workload, of its Service and of its ServiceAccount.
  workloadName(role)::
    local declared = this.workload(role);
    if std.objectHas(declared, 'name') then declared.name else this.prefix + '-' + role,

  // namespaceOf(role) -> the namespace of the workload's pods, and of all that belongs to them.
  namespaceOf(role)::
    local declared = if std.objectHas(this.workloads, role) then this.workloads[role] else {};
    std.get(declared, 'namespace', this.namespace),

  // portProtocol(role, port) -> 'TCP' or 'UDP'
  portProtocol(role, port)::
    local protocols = this.workload(role).protocols;
    if std.objectHas(protocols, port) then protocols[port] else 'TCP',

  // serviceHost(role) -> the DNS name of a workload's Service; serviceNames(role) -> all names that its certificate needs.
  serviceHost(role):: this.workloadName(role) + '.' + this.namespaceOf(role) + '.svc',
  serviceNames(role):: [this.serviceHost(role), this.serviceHost(role) + '.cluster.local'],

  // The calls of all components that have this one at one of their ends, by the way that their packets go.
  ownCalls:: meshLegs.at(this),

  // address(purpose) -> 'host:port' of one of its entries.
  address(purpose)::
    local entry = this.entries[purpose];
    '%s:%d' % [this.serviceHost(entry.workload), this.workload(entry.workload).ports[entry.port]],

  // calledBy(role, purpose) -> an element of `calls` of another component, whose workload `role` calls that entry.
  calledBy(role, purpose)::
    local entry = this.entries[purpose];
    { from: role, to: { component: this.name, workload: entry.workload }, port: entry.port },

  // ---- resources: what reaches the cluster ----

  // A tree of manifests, one field per role. Components add their concerns (`resources+:: { workload: … }`);
  // an environment patches any of them (`mimir+: { resources+:: { workload+: { … } } }`).
  resources:: {
    serviceAccounts: { [role]: k.serviceAccount(this, role) for role in std.objectFields(this.workloads) if this.workload(role).serviceAccount },
    networkPolicies: networkPolicies(this),
    meshPolicies: if mesh.isOn(this.cluster) then meshPolicies(this) else {},
    podDisruptionBudgets:
      local roles = std.objectFields(this.workloads);
      local group(role) = this.workload(role).group;
      {
        [role]: k.podDisruptionBudget(this, role)
        for role in roles
        if this.workload(role).replicated && group(role) == null && this.replicas[role] > 1
      } + {
        [name]: k.groupDisruptionBudget(this, name, [role for role in roles if group(role) == name])
        for name in std.set([group(role) for role in roles if group(role) != null])
      },
  },
}
