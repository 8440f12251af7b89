// The cluster: one object that an environment completes (environments/<env>/cluster.libsonnet) and everybody reads in slices.
//
//   apps              names of the apps, in order
//   manifests(app)    what Argo CD applies for one app
//   applications      the Applications and what they need, i.e. manifests('applications')
//   settings          what the environment decided, as JSON
//   secrets           which Secrets must exist, where, with which keys, and who reads them
//   capacity          what is requested against what the nodes have
//   traffic           who calls whom
//   signals           what the cluster remembers, and how to ask for it
//   terraform         what Terraform makes: { storage, cluster }, the contents of two main.tf.json
//   kind              the configuration of kind, for those who use it without Terraform
//   tanka(context)    everything as an inline Environment of Tanka
//   schema            the settings with types, help and defaults
//
// Checks run where a slice is taken, not in asserts: a wrong setting in one component fails that component's app alone.
local calls = import '../component/calls.libsonnet';
local doc = import '../doc/main.libsonnet';
local applications = import 'applications.libsonnet';
local base = import 'base.libsonnet';
local capacity = import 'capacity.libsonnet';
local manifests = import 'manifests.libsonnet';
local problems = import 'problems.libsonnet';
local secrets = import 'secrets.libsonnet';
local waves = import 'waves.libsonnet';

(import 'settings.libsonnet') {
  local cluster = self,

  // What the environment says of each component. Nobody reads this but the wiring below: see get().
  components:: import 'components.libsonnet',

  // ---- wiring ----

  // The cluster as one component sees it: get() knows who is asking. What looks at all components stays that of the one
  // cluster; a copy would wire everything again for each component.
  local seenBy(asker) = cluster {
    get(name):: cluster.lookUp(name, asker),
    beforeMesh:: cluster.beforeMesh,
    calls:: cluster.calls,
    enabled:: cluster.enabled,
    waves:: cluster.waves,
    wired:: cluster.wired,
  },

  // name -> the component with the cluster wired in, whether it is on or not.
  wired:: {
    [name]: cluster.components[name] { cluster:: seenBy(name) }
    for name in std.objectFields(cluster.components)
  },

  // name -> those that are on. `enabled` of a wrong type counts as on, so that the component's own app reports it.
  enabled:: {
    [name]: cluster.wired[name]
    for name in std.objectFields(cluster.wired)
    if !std.objectHasAll(cluster.wired[name], 'enabled') || cluster.wired[name].enabled != false
  },

  lookUp(name, asker)::
    local who = if asker == null then '' else ', which %s needs' % asker;
    if !std.objectHas(cluster.wired, name)
    then error '%s: there is no component "%s"%s; %s' % [cluster.name, name, who, doc.nearest.hint(name, std.objectFields(cluster.wired))]
    else if !std.objectHas(cluster.enabled, name)
    then error '%s: component "%s"%s, is off; set components.%s.enabled' % [cluster.name, name, who, name] + (if asker == null then '' else ', or turn %s off too' % asker)
    else cluster.enabled[name],

  // get(name) -> the component, or an error that says who is off and who needed it.
  get(name):: cluster.lookUp(name, null),

  // has(name) -> is there such a component, and is it on?
  has(name):: std.objectHas(cluster.enabled, name),

  // ---- wiring that looks at all components ----

  calls:: calls(cluster),
  waves:: waves.all(cluster),
  // What is there before Linkerd, and so has no proxy: what Linkerd comes after.
  beforeMesh:: waves.before(cluster, 'linkerd'),

  // ---- slices ----

  apps:: problems.orElse(problems.ofCluster(cluster), ['applications', 'cluster'] + std.objectFields(cluster.enabled)),

  // manifests(app, revision=null) -> an array of Kubernetes objects. revision: the commit that the Applications follow;
  // Argo CD passes the root Application's own, a local render passes none and gets the branch.
  manifests(app, revision=null)::
    problems.orElse(
      problems.ofCluster(cluster),
      if app == 'applications' then applications.all(cluster, revision)
      else if app == 'cluster' then base(cluster)
      else
        local component = cluster.get(app);
        problems.orElse(problems.ofComponent(cluster, component), manifests.ofComponent(cluster, component)),
    ),

  applications:: cluster.manifests('applications'),

  settings::
    local all = problems.ofCluster(cluster) + std.flattenArrays([
      problems.ofComponent(cluster, cluster.enabled[name])
      for name in std.objectFields(cluster.enabled)
    ]);
    problems.orElse(all, cluster { components::: { [name]: cluster.wired[name] for name in std.objectFields(cluster.wired) } }),

  secrets:: secrets.all(cluster),

  capacity:: capacity(cluster),

  traffic:: (import 'traffic.libsonnet')(cluster),

  signals:: (import 'signals.libsonnet')(cluster),

  terraform:: (import '../terraform/main.libsonnet')(cluster),

  kind:: problems.orElse(problems.ofCluster(cluster), (import '../terraform/kind-config.libsonnet')(cluster)),

  // tanka(context) -> an Environment for `tk`; context: where `tk diff` looks.
  tanka(context=cluster.name):: (import 'tanka.libsonnet')(cluster, context),

  schema:: (import 'reference.libsonnet')(cluster),
}
