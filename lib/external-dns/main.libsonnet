// external-dns: DNS records for what the cluster publishes, at the DNS provider.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local providers = import 'providers.libsonnet';
local sources = import 'sources.libsonnet';

component {
  local this = self,

  name: 'external-dns',
  image:: (import '../versions.json')['external-dns'],

  // Both must be set; problems.libsonnet says so, since an error here would reach every app through `calls`.
  '#provider':: doc.optional(doc.enum(providers.names, 'Provider.'), 'Where the domains are managed; must be set. `webhook` is any program beside external-dns that speaks its protocol, see `webhook`.'),
  provider: null,

  '#domains':: doc.list('host', 'Domains whose records it may touch, with all below them; must be set.'),
  domains: [],

  '#excludeDomains':: doc.list('host', 'Domains below those that it leaves alone.'),
  excludeDomains: [],

  '#sources':: doc.list(doc.enum(sources.names, 'Source.'), 'What records are made from. It may read these kinds and no others.'),
  sources: (if this.cluster.has('contour') then ['contour-httpproxy'] else []) + ['crd', 'ingress', 'service'],

  '#serviceTypes':: doc.list(doc.enum(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'], 'Type.'), 'Services of which types, where `service` is a source; empty takes all, and reads pods and nodes too.'),
  serviceTypes: ['LoadBalancer'],

  '#policy':: doc.enum(['upsert-only', 'sync', 'create-only'], 'What it may do to records that it owns: create and change; delete too; create alone. A stale record is untidy, a missing one is an outage, so deleting must be asked for.'),
  policy: 'upsert-only',

  '#owner':: doc.setting('string', 'Name under which it marks its records. Every instance in the world that manages the same domain needs its own. Once changed, it no longer knows what it made.'),
  owner: this.cluster.name + (if this.name == 'external-dns' then '' else '-' + this.name),

  '#registry':: doc.object('How it remembers which records are its own.'),
  registry: {
    '#kind':: doc.enum(['txt', 'noop', 'dynamodb', 'aws-sd'], 'In TXT records beside them; not at all; in a table of DynamoDB; in AWS Cloud Map.'),
    kind: 'txt',
    // With a dot at its end it is good for a domain itself, too: docs/registry/txt.md.
    '#prefix':: doc.optional('string', 'Before the name of a record, for its TXT record; `%{record_type}` stands for a, aaaa or cname. Once changed, it no longer knows what it made.'),
    prefix: 'external-dns-%{record_type}.',
    '#suffix':: doc.optional('string', 'After the first label instead.'),
    suffix: null,
    '#wildcardReplacement':: doc.setting('name', 'Stands for the asterisk in the TXT records of wildcards.'),
    wildcardReplacement: 'wildcard',
    '#encryptionKey':: doc.optional(doc.secretKey('Key of 32 bytes, plain or base64: the TXT records, which name namespaces and objects, are encrypted with it.'), 'Key of 32 bytes, plain or base64: the TXT records, which name namespaces and objects, are encrypted with it.'),
    encryptionKey: null,
    '#cacheInterval':: doc.optional('go-duration', 'How long records are remembered without asking the provider.'),
    cacheInterval: null,
  },

  '#credentials':: doc.map(doc.secretKey('Key of a Secret.'), 'Secrets for the provider, by the name of the variable or file: README.md lists them. `{}` takes what the place gives, such as workload identity.'),
  credentials: { [name]: { name: this.name, key: name } for name in providers.of(this.provider).expects },

  '#environment':: doc.map('string', 'Further variables for the program that speaks to the provider, nothing secret.'),
  environment: {},

  '#webhook':: doc.optionalShape({
    image: doc.required(doc.shape({
      image: doc.required('string', 'Name.'),
      tag: doc.required('string', 'Tag.'),
      digest: doc.setting('string', 'Digest.'),
    }), 'Its image.'),
    args: doc.list('string', 'Its arguments.'),
    port: doc.setting('port', 'Where it speaks the protocol; 8888 when it is left out.'),
    probePort: doc.setting('port', 'Where it answers /healthz and /metrics; 8080 when it is left out.'),
  }, 'The program for provider `webhook`.'),
  webhook: null,

  '#interval':: doc.setting('go-duration', 'How often it compares everything. Changes in the cluster are seen at once.'),
  interval: '5m',

  '#recordTypes':: doc.list(doc.enum(['A', 'AAAA', 'CNAME', 'MX', 'NAPTR', 'NS', 'PTR', 'SRV', 'TXT'], 'Type.'), 'Types of records that it manages.'),
  recordTypes: ['A', 'AAAA', 'CNAME'],

  '#annotationFilter':: doc.optional('string', 'Objects with these annotations alone, as a label selector: `dns in (internal)`.'),
  annotationFilter: null,

  '#labelFilter':: doc.optional('string', 'Objects with these labels alone, where the source knows labels; contour-httpproxy does not.'),
  labelFilter: null,

  '#ingressClasses':: doc.list('host', 'Ingresses of these classes alone; empty takes all.'),
  ingressClasses: [],

  '#defaultTargets':: doc.list('string', 'Addresses or hosts for records whose source names none.'),
  defaultTargets: [],

  '#dryRun':: doc.setting('boolean', 'Whether it only logs what it would do.'),
  dryRun: false,

  '#logLevel':: doc.enum(['debug', 'info', 'warning', 'error'], 'What is logged.'),
  logLevel: 'info',

  '#flags':: doc.map('any', 'Further flags of external-dns, by name: a text, a number, true or false, or a list of them.'),
  flags: {},

  '#reach':: doc.list(doc.shape({
    peer: doc.required(doc.enum(['internet', 'outside', 'name-servers'], 'Where.'), 'Public addresses, any address that is no pod, name servers.'),
    ports: doc.required(doc.list('port', 'Port.'), 'Ports.'),
  }), "Where the provider's servers are, for the NetworkPolicy."),
  reach: providers.of(this.provider).reach,

  '#serviceAccountAnnotations':: doc.map('string', 'For workload identity, such as `eks.amazonaws.com/role-arn`.'),
  serviceAccountAnnotations: {},

  '#podLabels':: doc.map('string', 'For workload identity, such as `azure.workload.identity/use`.'),
  podLabels: {},

  // It has no leader election: see problems.libsonnet.
  replicas: { controller: 1 },
  size: {
    controller: if this.highlyAvailable then { cpu: '20m', memory: '96Mi', memoryLimit: '256Mi' } else { cpu: '10m', memory: '64Mi', memoryLimit: '192Mi' },
  },

  // ---- wiring ----

  // The program beside external-dns, or null.
  sidecar::
    local provider = providers.of(this.provider);
    if std.objectHasAll(provider, 'webhook') then provider.webhook(this) else null,

  workloads:: {
    controller: {
      name: this.prefix,
      ports: { http: 7979, [if this.sidecar != null then 'webhook']: this.sidecar.probePort },
      apiAccess: true,
    },
  },
  after:: ['contour'],
  calls:: [{ from: 'controller', to: place.peer, port: place.ports } for place in this.reach],
  scrape:: [{ workload: 'controller', port: port } for port in std.objectFields(this.workloads.controller.ports)],
  secrets:: (import 'credentials.libsonnet').secrets(this),
  problems:: (import 'problems.libsonnet')(this),

  // Instances of external-dns find each other by this, lest two of them share an owner.
  isExternalDNS:: true,

  crds:: [std.parseJson(importstr 'crds/dnsendpoints.externaldns.k8s.io.json')],
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
    [if this.serviceAccountAnnotations != {} then 'serviceAccounts']+: {
      controller+: { metadata+: { annotations: this.serviceAccountAnnotations } },
    },
  },
}
