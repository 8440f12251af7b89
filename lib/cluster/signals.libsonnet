// What the cluster remembers, and how to ask for it: for `rekindle rebirth`, which asks before and after a loss.
//
// A declaration, in `signals` of a component, by a name of its own:
//   kind     'logs' (answers as Loki), 'metrics' (as Prometheus), 'traces' (as Tempo) or 'dashboards' (as Grafana)
//   ask      { workload, port }: who answers queries
//   path     what comes before the paths of that API; empty when it is left out
//   lost     seconds: of what came in, at most so much is gone when everything dies at once, volumes included
//   found    seconds: how long after a start the newest of what was uploaded may stay unfound
//   upload   null where it uploads all that it holds by itself when it ends in an orderly way. Else what makes it:
//            { workloads, port, path }: a POST to each pod of them, before it ends; or { wait }: seconds without anything new
//   signIn   { secret, user, password }: a Secret and its keys for HTTP basic sign-in; null where nobody is asked
local doc = import '../doc/main.libsonnet';

local defaults = { path: '', upload: null, signIn: null };
local required = ['ask', 'found', 'kind', 'lost'];
local fields = std.set(required + std.objectFields(defaults));
local kinds = ['dashboards', 'logs', 'metrics', 'traces'];

local mistakes(said) =
  ['unknown field "%s"; %s' % [field, doc.nearest.hint(field, fields)] for field in std.objectFields(said) if !std.member(fields, field)]
  + ['set %s' % field for field in required if !std.objectHas(said, field)]
  + (if std.objectHas(said, 'kind') && !std.member(kinds, said.kind) then ['kind: "%s" is none of %s' % [said.kind, std.join(', ', kinds)]] else []);

local row(component, name, said) =
  local wrong = mistakes(said);
  local whole = defaults + said;
  local portOf(role, port) = component.workload(role).ports[port];
  if wrong != [] then error '%s: signals.%s: %s' % [component.name, name, std.join('; ', wrong)]
  else {
    component: component.name,
    name: name,
    kind: whole.kind,
    namespace: component.namespaceOf(whole.ask.workload),
    service: component.workloadName(whole.ask.workload),
    port: portOf(whole.ask.workload, whole.ask.port),
    path: whole.path,
    headers:
      if !std.objectHasAll(component, 'tenantHeader') || component.tenantHeader == null then {}
      else { [component.tenantHeader.name]: component.tenantHeader.value },
    lost: whole.lost,
    found: whole.found,
    upload:
      if whole.upload == null || std.objectHas(whole.upload, 'wait') then whole.upload
      else {
        path: whole.upload.path,
        port: portOf(whole.upload.workloads[0], whole.upload.port),
        workloads: [component.workloadName(role) for role in whole.upload.workloads],
      },
    signIn: whole.signIn,
  };

// [{ component, name, kind, namespace, service, port, path, headers, lost, found, upload, signIn }]
function(cluster) [
  row(cluster.enabled[component], name, cluster.enabled[component].signals[name])
  for component in std.objectFields(cluster.enabled)
  for name in std.objectFields(cluster.enabled[component].signals)
]
