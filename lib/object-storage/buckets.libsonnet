// Which bucket is whose. Components declare purposes (`buckets:: { blocks: { holds: '…' } }`); the cluster may put any of them
// elsewhere (`objectStorage.buckets`).
local doc = import '../doc/main.libsonnet';

local name(this, component, purpose) =
  local storage = this.cluster.objectStorage;
  local said = std.get(std.get(storage.buckets, component, {}), purpose, {});
  {
    bucket: std.get(said, 'bucket', '%s-%s-%s' % [storage.bucketPrefix, component, purpose]),
    prefix: std.get(said, 'prefix', ''),
  };

local all(this) = [
  { component: component.name, purpose: purpose, holds: component.buckets[purpose].holds } + name(this, component.name, purpose)
  for component in [this.cluster.enabled[n] for n in std.objectFields(this.cluster.enabled)]
  for purpose in std.objectFields(component.buckets)
];

{
  name:: name,
  all:: all,

  // secret(cluster) -> { name: { keys } }: the keys of the storage, as `secrets` of a component wants them.
  secret(cluster)::
    local said = cluster.objectStorage.credentials;
    {
      [said.secretName]: { keys: {
        [said.accessKey]: 'access key ID of the object storage',
        [said.secretKey]: 'secret access key of the object storage',
      } },
    },

  problems(this):: [],
}
