// The ClusterIssuers. They come in a wave of their own, when the webhook that checks them is known to answer.
local k = import '../kubernetes/main.libsonnet';
local dns01 = import 'dns01.libsonnet';

// Where a spec names keys of Secrets, at any depth: [{ path, name, key }]. cert-manager writes the account keys itself.
local secretRefs(path, value) =
  if std.type(value) == 'array' then std.flattenArrays([secretRefs(path, item) for item in value])
  else if std.type(value) != 'object' then []
  else std.flattenArrays([
    local at = '%s.%s' % [path, field];
    local found = value[field];
    if field == 'privateKeySecretRef' then []
    else if std.endsWith(field, 'SecretRef') && std.type(found) == 'object' && std.objectHas(found, 'name') && std.objectHas(found, 'key') then [{ path: at, name: found.name, key: found.key }]
    else secretRefs(at, found)
    for field in std.objectFields(value)
  ]);

local resources(this) =
  local wave = k.wave(2);
  local clusterIssuer(name, spec) = k.clusterObject(this, 'cert-manager.io/v1', 'ClusterIssuer', name) + wave + { spec: spec };

  // Pods that answer a challenge run in the namespace of the Certificate, as pods of ours wherever they are.
  local pod = k.podTemplate(this, 'controller').spec;
  local podOptions = ['affinity', 'imagePullSecrets', 'priorityClassName'];

  local http01 = {
    http01: { ingress: {
      ingressClassName: this.ingressClassName,
      serviceType: 'ClusterIP',
      podTemplate: { spec: { [option]: pod[option] for option in podOptions if std.objectHas(pod, option) } },
    } },
    [if this.acme.http01.zones != [] then 'selector']: { dnsZones: this.acme.http01.zones },
  };

  local solvers = dns01.solvers(this.acme.dns01) + (if this.http01Enabled then [http01] else []);

  local ownCA = this.privateCA(this, 'self-signed', {});

  {
    acme: if !this.usesACME then {} else {
      [name]: clusterIssuer(name, { acme: {
        server: this.acme.servers[name],
        [if this.cluster.email != null then 'email']: this.cluster.email,
        // cert-manager makes the account and its key; when they are lost it makes new ones.
        privateKeySecretRef: { name: name + '-account' },
        solvers: solvers,
      } })
      for name in std.objectFields(this.acme.servers)
    },

    selfSignedCA: if !this.selfSignedCA.enabled then {} else {
      root: ownCA.root + wave,
      ca: ownCA.ca + wave + { spec+: { commonName: this.cluster.name + ' CA' } },
      issuer: clusterIssuer('self-signed-ca', { ca: { secretName: ownCA.ca.spec.secretName } }),
    },

    own: { [name]: clusterIssuer(name, this.issuers[name]) for name in std.objectFields(this.issuers) },
  };

{
  // resources(this) -> { acme, selfSignedCA, own }: the issuers, by their name.
  resources:: resources,

  // secrets(this) -> { name: { keys: { key: help } } }: the Secrets that the issuers read.
  secrets(this):: std.foldl(
    function(all, ref) all { [ref.name]+: { keys+: { [ref.key]: ref.path } } },
    secretRefs('issuers', this.issuers),
    if this.usesACME then dns01.secrets(this.acme.dns01) else {},
  ),
}
