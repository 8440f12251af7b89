// The stack `storage`: what outlives clusters. Nothing in it can be destroyed by Terraform while `prevent_destroy` stands there.
//
// With the target `digitalocean` the DNS zones, and the buckets of every component where `objectStorage.endpoint` is that of
// DigitalOcean's Spaces. Keys come from SPACES_ACCESS_KEY_ID and SPACES_SECRET_ACCESS_KEY. Other targets make nothing here.
local stack = import 'stack.libsonnet';

local spaces = '.digitaloceanspaces.com';

local outlives = { lifecycle: [{ prevent_destroy: true }] };

local places(cluster) = if cluster.has('object-storage') then cluster.get('object-storage').all else [];

// In Spaces a bucket is in the region of the endpoint: ams3.digitaloceanspaces.com.
local spacesRegion(cluster) =
  local endpoint = cluster.objectStorage.endpoint;
  if cluster.infrastructure.target == 'digitalocean' && endpoint != null && std.endsWith(endpoint, spaces)
  then std.split(endpoint, '.')[0] else null;

local zones(cluster) =
  local said = cluster.infrastructure.digitalocean.dnsZones;
  if cluster.infrastructure.target != 'digitalocean' then []
  else if said != null then said
  else if cluster.has('external-dns') && cluster.get('external-dns').provider == 'digitalocean' then cluster.get('external-dns').domains
  else [];

// { component: { purpose: bucket } }
local byComponent(cluster) = std.foldl(
  function(all, place) all { [place.component]+: { [place.purpose]: place.bucket } },
  places(cluster),
  {},
);

function(cluster)
  local region = spacesRegion(cluster);
  local buckets = std.set([place.bucket for place in places(cluster)]);
  local hosts = std.set(zones(cluster));
  local makes = { buckets: region != null && buckets != [], zones: hosts != [] };
  stack(cluster, 'storage', if makes.buckets || makes.zones then ['digitalocean'] else []) {
    [if makes.buckets || makes.zones then 'resource']: {
      [if makes.buckets then 'digitalocean_spaces_bucket']: { buckets: {
        for_each: '${toset(%s)}' % std.manifestJsonMinified(buckets),
        name: '${each.key}',
        region: region,
        acl: 'private',
      } + outlives },
      [if makes.zones then 'digitalocean_domain']: { zones: {
        for_each: '${toset(%s)}' % std.manifestJsonMinified(hosts),
        name: '${each.key}',
      } + outlives },
    },
    // What this stack once made and makes no more is forgotten, not destroyed: the block that forbids it would be gone, too.
    [if !(makes.buckets && makes.zones) then 'removed']: [
      { from: resource, lifecycle: [{ destroy: false }] }
      for resource in (if makes.buckets then [] else ['digitalocean_spaces_bucket.buckets']) + (if makes.zones then [] else ['digitalocean_domain.zones'])
    ],
    output: {
      buckets: { description: 'Buckets that exist or must exist, by component and purpose.', value: byComponent(cluster) },
      made: {
        description: 'What this stack has made: buckets and DNS zones.',
        value: {
          buckets: if makes.buckets then '${sort(keys(digitalocean_spaces_bucket.buckets))}' else [],
          dns_zones: if makes.zones then '${sort(keys(digitalocean_domain.zones))}' else [],
        },
      },
    },
  }
