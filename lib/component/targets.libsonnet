// One program with many targets: Mimir, Loki and Tempo are each one binary and one configuration file, of which every workload
// runs a part (`-target`). This makes the workloads from a short declaration, one for each mode, at the top of a file:
//
//   local microservices = targets.declare(ports, {
//     distributor: { grace: 100, size: …, replicas: 2 },
//     'ingester-zone-a': { target: 'ingester', kind: 'statefulSet', grace: 1200, zone: 'zone-a', volume: true, group: 'ingester', … },
//   });
//
// libjsonnet computes a field anew at each access. What does not depend on the component is computed there, once.
local k = import '../kubernetes/main.libsonnet';

local defaults = {
  target: null,  // the program's name of what it runs; the workload's when null
  kind: 'deployment',  // or 'statefulSet', for what keeps something on disk
  grace: 60,  // seconds between SIGTERM and SIGKILL
  volume: null,  // size of its volume, true for `volumeSize`; null for a scratch directory that goes with the pod
  scratch: '256Mi',  // size of that directory
  zone: null,  // which zone of its group it is: 'zone-a', …
  group: null,  // the name of those that are each other's zones
  headless: false,  // DNS answers with the pods, for callers that connect to each of them; a StatefulSet's always does
  gossip: true,  // does it take part in memberlist?
  size: error 'targets: set size, what one pod asks for',
  replicas: 1,
};

// A group has a workload for each of these.
local zones = ['zone-a', 'zone-b', 'zone-c'];
local zoneIndex = { 'zone-a': 0, 'zone-b': 1, 'zone-c': 2 };

// Where the nodes have zones, each takes one; else pods of different zones never share a node.
local placement(this, target) =
  if target.zone == null then {}
  else if this.cluster.zones != [] then {
    nodeSelector+: { 'topology.kubernetes.io/zone': this.cluster.zones[zoneIndex[target.zone]] },
  }
  else {
    affinity+: { podAntiAffinity+: { requiredDuringSchedulingIgnoredDuringExecution: [{
      labelSelector: {
        matchLabels: { 'app.kubernetes.io/instance': this.name },
        matchExpressions: [{
          key: 'app.kubernetes.io/name',
          operator: 'In',
          values: [this.workloadName(other) for other in target.others],
        }],
      },
      topologyKey: 'kubernetes.io/hostname',
    }] } },
  };

local container(this, role, target, program) = k.container(this, role, this.image) {
  args: [
    '-config.file=%s/%s' % [program.directory, program.file],
    '-config.expand-env=true',
    '-target=' + target.target,
  ],
  env: k.env(program.environment {
    GOMEMLIMIT: k.goMemoryLimit(this.size[role]),
    POD_IP: { field: 'status.podIP' },
    // An empty one where there are no zones: the configuration is the same for all.
    ZONE: if target.zone == null then '' else target.zone,
  }),
  // The server answers while what was not flushed is read back, which may take minutes; being ready is something else.
  livenessProbe: k.httpProbe('http', program.alive) { initialDelaySeconds: 30, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
  readinessProbe: k.httpProbe('http', '/ready') { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 5 },
  volumeMounts: [
    { name: 'config', mountPath: program.directory, readOnly: true },
    { name: 'data', mountPath: program.data },
    // A directory of its own, so that it follows its ConfigMap: what is mounted by subPath does not.
    { name: 'overrides', mountPath: program.overridesDirectory, readOnly: true },
  ] + program.mounts(role),
};

local workload(this, role, program, hash) =
  local target = this.targets[role];
  local pod = hash {
    metadata+: { [if target.gossip then 'labels']+: { memberlist: this.name } },
    spec+: {
      securityContext+: { runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch' },
      terminationGracePeriodSeconds: target.grace,
      containers: [container(this, role, target, program)],
      volumes: [
        { name: 'config', configMap: { name: program.config.metadata.name } },
        { name: 'overrides', configMap: { name: program.overrides.metadata.name } },
      ] + program.volumes(role) + (if target.volume == null then [k.emptyDir('data', target.scratch)] else []),
    } + placement(this, target),
  };
  if target.kind == 'statefulSet' then
    local size = if target.volume == true then this.volumeSize else target.volume;
    k.statefulSet(this, role) + k.keepVolumes {
      spec+: {
        podManagementPolicy: 'Parallel',
        template+: pod,
        [if target.volume != null then 'volumeClaimTemplates']: [k.volumeClaim(this, 'data', size)],
      },
      // Zone after zone: Argo CD waits for the health of each, so that two never lack a copy at once.
    } + (if target.zone == null then {} else k.wave(1 + zoneIndex[target.zone]))
  else k.deployment(this, role) {
    spec+: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, template+: pod },
  };

{
  zones:: zones,

  // declare(ports, declarations) -> { targets, workloads, size, replicas, members } of one mode: the declarations completed, and what the
  // fields of the component of these names are made of. members: those that gossip.
  declare(ports, declarations)::
    local roles = std.objectFields(declarations);
    local complete(role) =
      local own = defaults { role: role, target: role, ports: ports } + declarations[role];
      own { others: [other for other in roles if other != role && own.group != null && std.get(declarations[other], 'group') == own.group] };
    local completed = [complete(role) for role in roles];
    local collect(part) = { [roles[i]]: part(completed[i]) for i in std.range(0, std.length(roles) - 1) };
    local all = collect(function(target) target);
    local workloads = collect(function(target) { ports: target.ports, group: target.group } + (if target.gossip then { mesh: { opaque: ['gossip'] } } else {}));
    local size = collect(function(target) target.size);
    local replicas = collect(function(target) target.replicas);
    local members = [target.role for target in completed if target.gossip];
    { targets: all, workloads: workloads, size: size, replicas: replicas, members: members },

  // perZone(name, declaration, zones) -> the declarations of one program in each of these zones.
  perZone(name, declaration, among=zones):: {
    ['%s-%s' % [name, zone]]: declaration { target: name, kind: 'statefulSet', zone: zone, group: name }
    for zone in among
  },

  // manifests(this, program) -> { role: { workload, service } }, and `gossip`, the Service by which members find each other.
  // program: {
  //   file, directory, config    its configuration: file name, where it is mounted, its ConfigMap
  //   overrides, overridesDirectory  the ConfigMap that it reads again and again
  //   data                       where it keeps files
  //   environment                variables that the configuration refers to
  //   alive                      a path that answers as soon as the server does
  //   mounts(role), volumes(role)  further ones
  // }
  manifests(this, program)::
    local hash = k.configHash([program.config]);
    {
      [role]: {
        workload: workload(this, role, program, hash),
        service:
          local ports = this.workload(role).ports;
          local target = this.targets[role];
          if target.headless || target.kind == 'statefulSet'
          // A caller that connects to every pod must find them before they are ready: some are not before somebody connects.
          then k.headless(this, role, ports) { spec+: { publishNotReadyAddresses: target.headless } }
          else k.service(this, role, ports),
      }
      for role in std.objectFields(this.targets)
    } + (if this.isAlone then {} else {
           gossip: { service: k.object(this, 'v1', 'Service', this.prefix + '-gossip') {
             spec: {
               clusterIP: 'None',
               publishNotReadyAddresses: true,
               selector: { memberlist: this.name },
               ports: [{ name: 'gossip', port: 7946, targetPort: 'gossip', protocol: 'TCP' }],
             },
           } },
         }),

  // inGroup(targets, group) -> the workloads that are each other's zones.
  inGroup(targets, group):: [role for role in std.objectFields(targets) if targets[role].group == group],

  // gossipCalls(members) -> the call between all members.
  gossipCalls(members):: [{ from: members, to: members, port: 'gossip' }],

  // problems(setting, value) -> variables are expanded in the configuration file, also where nobody meant one.
  problems(setting, value)::
    if std.length(std.findSubstr('$', std.toString(value))) == 0 then []
    else ['%s: a $ begins a variable in the configuration file; write limits that need one into overrides, where nothing is expanded' % setting],
}
