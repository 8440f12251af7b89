// Proof by DNS record. The providers are those that cert-manager 1.21 has built in, and their fields have cert-manager's own
// names, so that its documentation of each provider holds here. Credentials are Secrets in cert-manager's namespace.
local doc = import '../doc/main.libsonnet';

local required(twin) = twin { required: true };
local string(help) = doc.setting('string', help);
local secret(help) = doc.secretKey(help);

// What one may say of each provider, beside what is the same for all: { provider: { field: twin } }.
local fields = {
  acmeDNS: {
    accountSecretRef: required(secret('Accounts that acme-dns registered, as JSON by domain.')),
    host: doc.required('url', 'The API of the acme-dns server.'),
  },
  akamai: {
    accessTokenSecretRef: required(secret('Access token.')),
    clientSecretSecretRef: required(secret('Client secret.')),
    clientTokenSecretRef: required(secret('Client token.')),
    serviceConsumerDomain: doc.required('host', 'Host of the Edge DNS API.'),
  },
  azureDNS: {
    clientID: string('Client ID of the service principal; left out for a managed identity.'),
    clientSecretSecretRef: secret('Client secret of the service principal.'),
    environment: doc.enum(['AzurePublicCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzureUSGovernmentCloud'], 'Which Azure.'),
    hostedZoneName: doc.setting('host', 'Name of the zone.'),
    managedIdentity: doc.setting(doc.shape({
      clientID: string('Client ID of the identity.'),
      resourceID: string('Resource ID of the identity, instead of its client ID.'),
      tenantID: string('Tenant of the identity.'),
    }), 'The managed identity to act as.'),
    resourceGroupName: doc.required('string', 'Resource group of the zone.'),
    subscriptionID: doc.required('string', 'Subscription of the zone.'),
    tenantID: string('Tenant of the service principal.'),
  },
  cloudDNS: {
    hostedZoneName: string('Name of the zone, where the project has several for a domain.'),
    project: doc.required('string', 'Google Cloud project of the zone.'),
    serviceAccountSecretRef: secret('Key of a service account with the role DNS Administrator, as JSON; left out for workload identity.'),
  },
  cloudflare: {
    apiKeySecretRef: secret('Global API key; a token is better.'),
    apiTokenSecretRef: secret('API token with the permissions Zone/DNS/Edit and Zone/Zone/Read.'),
    email: doc.setting('email', 'Account of the global API key.'),
  },
  digitalocean: {
    tokenSecretRef: required(secret('API token that may read and write domains.')),
  },
  rfc2136: {
    nameserver: doc.required('string', 'Name server that takes updates, as host or host:port.'),
    protocol: doc.enum(['TCP', 'UDP'], 'How updates are sent.'),
    tsigAlgorithm: doc.enum(['HMACMD5', 'HMACSHA1', 'HMACSHA256', 'HMACSHA512'], 'How updates are signed.'),
    tsigKeyName: string('Name of the TSIG key.'),
    tsigSecretSecretRef: secret('The TSIG key.'),
  },
  route53: {
    accessKeyIDSecretRef: secret('Access key ID; left out for the role of the pod or the node.'),
    hostedZoneID: string('ID of the zone; left out where it may be looked up.'),
    region: string('Region of the API.'),
    role: string('ARN of a role to assume.'),
    secretAccessKeySecretRef: secret('Secret access key.'),
  },
  webhook: {
    config: doc.setting('any', 'What the solver wants to know.'),
    groupName: doc.required('host', 'API group of the solver.'),
    solverName: doc.required('string', 'Name of the solver in its group.'),
  },
};

local common = {
  zones: doc.list('host', 'Domains that are proven so, with all below them; empty for every domain.'),
  cnameStrategy: doc.enum(['None', 'Follow'], 'Whether a CNAME at `_acme-challenge` leads to the zone that is written to.'),
};

local without(object, names) = { [f]: object[f] for f in std.objectFields(object) if !std.member(names, f) };
local has = std.objectHas;

// What the API server would refuse only after the push: validation of ACMEChallengeSolverDNS01 in cert-manager's webhook.
local mistakes = {
  azureDNS(c)::
    local set = [f for f in ['clientID', 'clientSecretSecretRef', 'tenantID'] if has(c, f)];
    if set != [] && (std.length(set) < 3 || has(c, 'managedIdentity'))
    then ['set clientID, clientSecretSecretRef and tenantID together and without managedIdentity, or none of them'] else [],
  cloudflare(c)::
    if has(c, 'apiTokenSecretRef') == has(c, 'apiKeySecretRef') then ['set apiTokenSecretRef, or else apiKeySecretRef with email']
    else if has(c, 'apiKeySecretRef') && !has(c, 'email') then ['set email, the account of apiKeySecretRef'] else [],
  rfc2136(c)::
    if has(c, 'tsigKeyName') != has(c, 'tsigSecretSecretRef') then ['set tsigKeyName and tsigSecretSecretRef together'] else [],
  route53(c)::
    if has(c, 'accessKeyIDSecretRef') != has(c, 'secretAccessKeySecretRef') then ['set accessKeyIDSecretRef and secretAccessKeySecretRef together'] else [],
};

{
  // The node of the setting `acme.dns01`.
  node:: doc.shape({ [p]: doc.setting(doc.shape(common + fields[p]), 'Provider ' + p + '.') for p in std.objectFields(fields) }),

  // solvers(dns01) -> the solvers of an ACME issuer.
  solvers(dns01):: [
    local config = dns01[provider];
    { dns01: { [provider]: without(config, ['zones', 'cnameStrategy']), [if has(config, 'cnameStrategy') then 'cnameStrategy']: config.cnameStrategy } }
    + (if has(config, 'zones') && config.zones != [] then { selector: { dnsZones: config.zones } } else {})
    for provider in std.objectFields(dns01)
  ],

  // secrets(dns01) -> { name: { keys: { key: help } } }: the Secrets that the providers read.
  secrets(dns01):: std.foldl(function(all, one) all + one, [
    { [dns01[provider][field].name]+: { keys+: { [dns01[provider][field].key]: '%s: %s' % [provider, fields[provider][field].help] } } }
    for provider in std.objectFields(dns01)
    for field in std.objectFields(dns01[provider])
    if std.endsWith(field, 'SecretRef')
  ], {}),

  // ambient(dns01) -> do credentials come from the cloud the nodes run in?
  ambient(dns01)::
    local fromCloud(config) = std.type(config) == 'object' && [f for f in std.objectFields(config) if std.endsWith(f, 'SecretRef')] == [];
    [p for p in std.objectFields(dns01) if std.member(['azureDNS', 'cloudDNS', 'route53'], p) && fromCloud(dns01[p])] != [],

  // problems(dns01) -> [sentence]
  problems(dns01):: [
    'acme.dns01.%s: %s' % [provider, mistake]
    for provider in std.objectFields(dns01)
    if std.objectHasAll(mistakes, provider)
    for mistake in mistakes[provider](dns01[provider])
  ],
}
