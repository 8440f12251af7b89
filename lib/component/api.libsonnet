// An HTTP API for senders and readers outside the cluster. Inside, NetworkPolicies say who may call; outside, somebody must
// prove who they are: none of these programs asks for a password.
local doc = import '../doc/main.libsonnet';

{
  // twin(help) -> the doc twin of the setting `api`, which is null or such an object.
  twin(help):: doc.optionalShape({
    host: doc.required('host', 'Name that clients ask for.'),
    clientCertificate: doc.setting(doc.shape({ caSecret: doc.required('string', "Secret with the clients' ca.crt.") }), 'Let in clients with a certificate of this CA.'),
    jwt: doc.setting(doc.shape({
      issuer: doc.required('string', 'Who signs the tokens.'),
      jwks: doc.required('url', "URL of the issuer's keys."),
      audiences: doc.list('string', 'Whom the tokens are for.'),
    }), 'Let in requests with a token.'),
    allow: doc.list('cidr', 'Client addresses that are let in beside that; the others get 403.'),
    tenant: doc.setting('name', 'The tenant of everybody who comes in here, whatever they say. Without, whoever is let in says which, and may say any.'),
  }, help),

  // exposes(api, routes) -> the component's `exposes`.
  exposes(api, routes):: if api == null then {} else {
    api: { [field]: api[field] for field in std.objectFields(api) if field != 'tenant' } {
      routes: routes,
      timeout: { response: '2m' },
      [if std.objectHas(api, 'tenant') then 'requestHeaders']: { set: { 'X-Scope-OrgID': api.tenant } },
    },
  },

  // secrets(api) -> what of the component's `secrets` is for this.
  secrets(api)::
    if api == null || !std.objectHas(api, 'clientCertificate') then {}
    else { [api.clientCertificate.caSecret]+: { keys+: { 'ca.crt': 'Certificate of the CA that signs the clients of %s.' % api.host } } },

  // problems(this) -> mistakes in the setting of a component.
  problems(this)::
    local api = this.api;
    if api == null then []
    else (
      if std.objectHas(api, 'clientCertificate') || std.objectHas(api, 'jwt') then []
      else ['api: anybody could read and write; set clientCertificate or jwt, by which clients prove who they are']
    ) + (
      if !std.objectHas(api, 'tenant') || this.cluster.tenancy.enabled then []
      else ['api.tenant: the cluster has no tenants; set tenancy.enabled, or leave it out']
    ),
}
