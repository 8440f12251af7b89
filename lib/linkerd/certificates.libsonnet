// Who vouches for whom: trust anchors (their keys stay with cert-manager) sign the issuer, by whose key linkerd-identity signs the
// certificates of proxies. The API server verifies the webhooks by an authority of their own.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local certManager = this.cluster.get('cert-manager'),
  local trustManager = this.cluster.get('trust-manager'),
  local anchorName(anchor) = 'linkerd-trust-anchor-' + anchor,

  // The order inside the app: a Bundle can't be made before its anchors, nor pods start before the ConfigMap is there.
  local first = k.wave(-2),
  local second = k.wave(-1),

  anchors: {
    [anchor]: std.mapWithKey(
      function(_, object) object + first,
      certManager.clusterCA(this, anchorName(anchor), this.lifetimes.anchor),
    )
    for anchor in this.anchors
  },

  issuer: certManager.intermediateCA(
    this,
    this.issuerName,
    anchorName(this.anchors[0]),
    'identity.%s.%s' % [this.namespace, this.trustDomain],
    this.lifetimes.issuer,
  ) + second,

  trustRoots: trustManager.bundle(this, this.trustRoots.configMap, [anchorName(anchor) for anchor in this.anchors], this.trustRoots.key) + second,

  webhooks: certManager.privateCA(this, 'linkerd-webhooks', {
    [name]: {
      secretName: this.webhooks[name].secret,
      dnsNames: ['%s.%s.svc' % [this.webhooks[name].service, this.namespace]],
      usages: ['server auth'],
    }
    for name in std.objectFields(this.webhooks)
  }),
}
