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

// What S3 allows as the name of a bucket, and what Mimir and Loki allow as the beginning of keys.
local bucketCharacters = std.set(std.stringChars('-.0123456789abcdefghijklmnopqrstuvwxyz'));
local prefixCharacters = std.set(std.stringChars('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'));
local consistsOf(text, characters) = std.setDiff(std.set(std.stringChars(text)), characters) == [];

local isBucketName(text) =
  local size = std.length(text);
  size >= 3 && size <= 63 && consistsOf(text, bucketCharacters)
  && !std.member('-.', text[0]) && !std.member('-.', text[size - 1]);

// Two that write to the same place, or one inside the other: neighbours in a list sorted by place.
local clashes(places) =
  local sorted = std.sort(places, function(place) place.bucket + '/' + place.prefix);
  local where(place) = '%s.%s' % [place.component, place.purpose];
  [
    {
      components: [sorted[i - 1].component, sorted[i].component],
      text: 'buckets: %s and %s would both write to "%s"%s; give one of them another bucket or prefix in objectStorage.buckets of the cluster' % [
        where(sorted[i - 1]),
        where(sorted[i]),
        sorted[i].bucket,
        if sorted[i].prefix == '' then '' else ' with prefix "%s"' % sorted[i].prefix,
      ],
    }
    for i in std.range(1, std.length(sorted) - 1)
    if sorted[i].bucket == sorted[i - 1].bucket
    // Who has no prefix has the whole bucket, and may delete what others keep there.
    if sorted[i].prefix == sorted[i - 1].prefix || sorted[i - 1].prefix == ''
  ];

{
  name:: name,
  all:: all,

  // secret(this) -> { name: { keys } }: the keys of the storage, as `secrets` of a component wants them. Those of a server of
  // our own are whatever we say.
  secret(this)::
    local said = this.cluster.objectStorage.credentials;
    {
      [said.secretName]: {
        keys: {
          [said.accessKey]: 'Access key ID of the object storage.',
          [said.secretKey]: 'Secret access key of the object storage.',
        },
        [if this.server.enabled then 'generate']: {
          [said.accessKey]: { kind: 'password', length: 20 },
          [said.secretKey]: { kind: 'password', length: 40 },
        },
      },
    },

  problems(this)::
    local storage = this.cluster.objectStorage;
    local places = all(this);
    local purposes = { [component]: this.cluster.wired[component].buckets for component in std.objectFields(this.cluster.wired) if this.cluster.wired[component].buckets != {} };
    (
      if this.server.enabled && storage.endpoint != null
      then ['server.enabled: objectStorage.endpoint of the cluster is %s; set it to null, or turn the server off' % storage.endpoint]
      else if !this.server.enabled && storage.endpoint == null
      then ['server.enabled: there is no storage; set it, or objectStorage.endpoint of the cluster']
      else []
    )
    + (if this.server.hostPath != null && !std.startsWith(this.server.hostPath, '/') then ['server.hostPath: "%s" must begin with /' % this.server.hostPath] else [])
    + [
      'buckets: objectStorage.buckets.%s is no component that stores objects; %s' % [component, doc.nearest.hint(component, std.objectFields(purposes))]
      for component in std.objectFields(storage.buckets)
      if !std.objectHas(purposes, component)
    ]
    + [
      'buckets: objectStorage.buckets.%s.%s: it stores no such thing; %s' % [component, purpose, doc.nearest.hint(purpose, std.objectFields(purposes[component]))]
      for component in std.objectFields(storage.buckets)
      if std.objectHas(purposes, component)
      for purpose in std.objectFields(storage.buckets[component])
      if !std.objectHas(purposes[component], purpose)
    ]
    + [
      'buckets: "%s", for %s.%s, is no name of a bucket: 3 to 63 lower-case letters, digits, dashes and dots; set objectStorage.bucketPrefix or objectStorage.buckets' % [place.bucket, place.component, place.purpose]
      for place in places
      if !isBucketName(place.bucket)
    ]
    + [
      'buckets: prefix "%s", for %s.%s: letters and digits only' % [place.prefix, place.component, place.purpose]
      for place in places
      if !consistsOf(place.prefix, prefixCharacters)
    ]
    + [clash.text for clash in clashes(places)],

  // problemsOf(this, component) -> clashes of one component: they must stop it too, not only the app of the storage.
  problemsOf(this, component):: [clash.text for clash in clashes(all(this)) if std.member(clash.components, component)],
}
