// Certificates: between Contour and Envoy, and those that several namespaces share.
local k = import '../kubernetes/main.libsonnet';
local publish = import 'publish.libsonnet';

function(this)
  // A Secret of this namespace may be named by HTTPProxies elsewhere only where it is delegated to them.
  local shared = [publish.wildcardName(domain) for domain in this.wildcardDomains] + (
    if this.fallbackCertificate != null && this.fallbackCertificate.namespace == this.namespace
    then [this.fallbackCertificate.name] else []
  );
  local borrowers = std.set([
    this.cluster.enabled[target.component].namespace
    for target in this.published
  ]);

  {
    // Envoy takes its configuration, private keys included, from whom this authority signed, and Contour gives it to nobody else.
    xds: this.certManager.privateCA(this, this.name + '-xds', {
      // Envoy asks for the name `contour`, whatever the Service is called (internal/envoy/v3/bootstrap.go).
      contour: {
        secretName: this.workloadName('contour') + '-xds-server',
        dnsNames: ['contour'] + this.serviceNames('contour'),
        usages: ['server auth'],
      },
      envoy: {
        secretName: this.workloadName('envoy') + '-xds-client',
        dnsNames: ['envoy'],
        usages: ['client auth'],
      },
    }),

    wildcards: {
      [domain]: this.certManager.certificate(this, publish.wildcardName(domain), ['*.' + domain])
      for domain in this.wildcardDomains
    },

    [if shared != [] && borrowers != [] then 'delegation']:
      k.object(this, 'projectcontour.io/v1', 'TLSCertificateDelegation', this.name) {
        spec: { delegations: [{ secretName: name, targetNamespaces: borrowers } for name in shared] },
      },
  }
