// The DNS providers of external-dns 0.21: what each is told, and what it calls.
//
//   variables  credentials in the environment, { NAME: help }; provider/*/*.go and `EXTERNAL_DNS_<FLAG>` for flags
//   files      credentials in files, { name: { path, help } }
//   expects    which of them there must be, unless one of the flags `waivedBy` is set
//   flags      flags that it does not work without
//   reach      where its servers are, when that is not the Internet on port 443
//   webhook    the program beside external-dns that speaks to it, { version, args, port, probePort }
local versions = import '../versions.json';

local aws = {
  variables: { AWS_ACCESS_KEY_ID: 'Identifier of an access key of IAM.', AWS_SECRET_ACCESS_KEY: 'The access key.' },
};
local azure = {
  files: { 'azure.json': { path: '/etc/kubernetes/azure.json', help: 'Tenant, subscription, resource group and credentials, as the tutorial for Azure shows.' } },
  // The file is read in any case; with workload identity it holds no secret.
  expects: ['azure.json'],
};
local coredns = {
  variables: { ETCD_USERNAME: 'User of etcd.', ETCD_PASSWORD: 'Password of that user.' },
  reach: [{ peer: 'outside', ports: [2379] }],
};

local none = { variables: {}, files: {}, expects: [], waivedBy: [], flags: [], reach: [{ peer: 'internet', ports: [443] }] };

local table = {
  akamai: {
    variables: {
      ['EXTERNAL_DNS_AKAMAI_' + name]: 'From the API client of Akamai.'
      for name in ['ACCESS_TOKEN', 'CLIENT_SECRET', 'CLIENT_TOKEN', 'SERVICECONSUMERDOMAIN']
    },
    expects: std.objectFields(self.variables),
  },
  alibabacloud: {
    files: { 'alibaba-cloud.json': { path: '/etc/kubernetes/alibaba-cloud.json', help: 'Region and access key, as the tutorial for Alibaba Cloud shows.' } },
    expects: ['alibaba-cloud.json'],
    waivedBy: ['alibaba-cloud-config-file'],
  },
  aws: aws,
  'aws-sd': aws,
  azure: azure,
  'azure-dns': azure,
  'azure-private-dns': azure,
  civo: { variables: { CIVO_TOKEN: 'API key of Civo.' }, expects: ['CIVO_TOKEN'] },
  cloudflare: {
    variables: {
      CF_API_TOKEN: 'API token with Zone:Read and DNS:Edit.',
      CF_API_EMAIL: 'With CF_API_KEY: the account.',
      CF_API_KEY: 'Instead of a token: the key to the whole account.',
    },
    expects: ['CF_API_TOKEN'],
  },
  coredns: coredns,
  // DigitalOcean left the tree in 0.21; README.md of that version names this program.
  digitalocean: {
    variables: { DO_TOKEN: 'Personal access token with the scopes domain:create, read, update and delete.' },
    expects: ['DO_TOKEN'],
    // Its own filter (DO_DOMAIN_FILTER) is of whole zones; external-dns filters what is below them.
    webhook(_): {
      version: versions['external-dns-digitalocean'],
      args: ['--log-format=json', '--port=%d' % self.port],
      port: 8888,
      // Probes and metrics answer where the API does.
      probePort: self.port,
    },
  },
  dnsimple: { variables: { DNSIMPLE_OAUTH: 'API token of DNSimple.' }, expects: ['DNSIMPLE_OAUTH'] },
  exoscale: {
    variables: { EXTERNAL_DNS_EXOSCALE_APIKEY: 'API key of Exoscale.', EXTERNAL_DNS_EXOSCALE_APISECRET: 'Its secret.' },
    expects: std.objectFields(self.variables),
  },
  gandi: { variables: { GANDI_PAT: 'Personal access token of Gandi.' }, expects: ['GANDI_PAT'] },
  godaddy: {
    variables: { EXTERNAL_DNS_GODADDY_API_KEY: 'API key of GoDaddy.', EXTERNAL_DNS_GODADDY_API_SECRET: 'Its secret.' },
    expects: std.objectFields(self.variables),
  },
  google: {
    files: { 'credentials.json': { path: '/etc/external-dns/google/credentials.json', variable: 'GOOGLE_APPLICATION_CREDENTIALS', help: 'Key of a service account with the role dns.admin.' } },
  },
  inmemory: { reach: [] },
  linode: { variables: { LINODE_TOKEN: 'API token of Linode.' }, expects: ['LINODE_TOKEN'] },
  ns1: { variables: { NS1_APIKEY: 'API key of NS1.' }, expects: ['NS1_APIKEY'] },
  oci: {
    files: { 'oci.yaml': { path: '/etc/kubernetes/oci.yaml', help: 'Credentials, as the tutorial for Oracle Cloud shows.' } },
    expects: ['oci.yaml'],
    waivedBy: ['oci-auth-instance-principal'],
  },
  ovh: {
    variables: { OVH_APPLICATION_KEY: 'Application key.', OVH_APPLICATION_SECRET: 'Its secret.', OVH_CONSUMER_KEY: 'Consumer key.' },
    expects: std.objectFields(self.variables),
  },
  pdns: {
    variables: { EXTERNAL_DNS_PDNS_API_KEY: 'API key of PowerDNS.' },
    expects: ['EXTERNAL_DNS_PDNS_API_KEY'],
    flags: ['pdns-server'],
    reach: [{ peer: 'outside', ports: [8081] }],
  },
  pihole: {
    variables: { EXTERNAL_DNS_PIHOLE_PASSWORD: 'Password of Pi-hole.' },
    flags: ['pihole-server'],
    reach: [{ peer: 'outside', ports: [80, 443] }],
  },
  plural: {
    variables: { PLURAL_ACCESS_TOKEN: 'Access token of Plural.', PLURAL_ENDPOINT: 'Endpoint of Plural.' },
    expects: ['PLURAL_ACCESS_TOKEN'],
    flags: ['plural-cluster', 'plural-provider'],
  },
  rfc2136: {
    variables: {
      EXTERNAL_DNS_RFC2136_TSIG_SECRET: 'TSIG secret, base64.',
      EXTERNAL_DNS_RFC2136_KERBEROS_USERNAME: 'For GSS-TSIG: the user.',
      EXTERNAL_DNS_RFC2136_KERBEROS_PASSWORD: 'For GSS-TSIG: the password.',
    },
    expects: ['EXTERNAL_DNS_RFC2136_TSIG_SECRET'],
    waivedBy: ['rfc2136-gss-tsig', 'rfc2136-insecure'],
    flags: ['rfc2136-host', 'rfc2136-zone'],
    reach: [{ peer: 'name-servers', ports: [53] }],
  },
  scaleway: {
    variables: { SCW_ACCESS_KEY: 'Access key.', SCW_SECRET_KEY: 'Secret key.' },
    expects: std.objectFields(self.variables),
  },
  skydns: coredns,
  transip: {
    files: { 'transip-api-key': { path: '/etc/external-dns/transip/transip-api-key', flag: 'transip-keyfile', help: 'Private key of the API.' } },
    expects: ['transip-api-key'],
    flags: ['transip-account'],
  },
  // Any other program, which the setting `webhook` describes.
  webhook: {
    webhook(this):
      local said = if this.webhook == null then {} else this.webhook;
      local or(field, default) = if std.objectHas(said, field) then said[field] else default;
      { version: said.image, args: or('args', []), port: or('port', 8888), probePort: or('probePort', 8080) },
  },
};

{
  names:: std.objectFields(table),

  // of(name) -> what is known of a provider; nothing, where there is no such provider.
  of(name):: none + (if std.member(self.names, name) then table[name] else {}),
}
