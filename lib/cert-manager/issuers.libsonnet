// The ClusterIssuers. They come in a wave of their own, when the webhook that checks them is known to answer.
local k = import '../kubernetes/main.libsonnet';
local dns01 = import 'dns01.libsonnet';

function(this)
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
    acme: if !this.acme.enabled then {} else {
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
  }
