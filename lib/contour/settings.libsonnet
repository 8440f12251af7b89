// The settings for contour.yaml. A null leaves Contour's own default.
// Keys and defaults: pkg/config/parameters.go of Contour 1.33.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

local tlsVersion(help) = doc.enum(['1.2', '1.3'], help);
local cipherSuites = doc.list('string', "Cipher suites for TLS 1.2, in order of preference, `[A|B]` for equals; empty takes Contour's.");
local secretReference = {
  namespace: doc.required('name', 'Namespace of the Secret.'),
  name: doc.required('host', 'Name of the Secret.'),
};

// Headers that are set on, or removed from, every request or response.
local headers(what) = {
  '#set':: doc.map('string', 'Set on every %s; values may use Envoy variables such as %%CONTOUR_SERVICE_NAME%%.' % what),
  set: {},
  '#remove':: doc.list('string', 'Removed from every %s.' % what),
  remove: [],
};

{
  local this = self,

  // ---- certificates ----

  '#fallbackCertificate':: doc.optionalShape(secretReference, 'Certificate for clients that send no server name (SNI), for what is published with `fallback: true`.'),
  fallbackCertificate: null,

  '#clientCertificate':: doc.optionalShape(secretReference, 'Certificate that Envoy shows to the programs it calls over TLS.'),
  clientCertificate: null,

  '#tls':: doc.object('TLS towards clients.'),
  tls: {
    '#minimumVersion':: tlsVersion('The oldest TLS that is spoken.'),
    minimumVersion: '1.2',
    '#maximumVersion':: tlsVersion('The newest TLS that is spoken.'),
    maximumVersion: '1.3',
    '#cipherSuites':: cipherSuites,
    cipherSuites: [],
  },

  '#upstreamTLS':: doc.object('TLS towards the programs that Envoy calls.'),
  upstreamTLS: {
    '#minimumVersion':: tlsVersion('The oldest TLS that is spoken.'),
    minimumVersion: '1.2',
    '#maximumVersion':: tlsVersion('The newest TLS that is spoken.'),
    maximumVersion: '1.3',
    '#cipherSuites':: cipherSuites,
    cipherSuites: [],
  },

  // ---- logs ----

  '#accessLog':: doc.object('One line per request, on standard output.'),
  accessLog: {
    '#format':: doc.enum(['json', 'envoy'], 'JSON with `fields`, or text.'),
    format: 'json',
    '#fields':: doc.list('string', 'Fields of a JSON line: a name that Contour knows, or `name=%OPERATOR%` of Envoy.'),
    // Contour's own list, and which HTTPProxy or Ingress served the request.
    fields: [
      '@timestamp',
      'authority',
      'bytes_received',
      'bytes_sent',
      'downstream_local_address',
      'downstream_remote_address',
      'duration',
      'method',
      'path',
      'protocol',
      'request_id',
      'requested_server_name',
      'response_code',
      'response_flags',
      'uber_trace_id',
      'upstream_cluster',
      'upstream_host',
      'upstream_local_address',
      'upstream_service_time',
      'user_agent',
      'x_forwarded_for',
      'grpc_status',
      'grpc_status_number',
      'contour_config_kind',
      'contour_config_namespace',
      'contour_config_name',
    ],
    '#text':: doc.optional('string', "A line of text, in Envoy's operators, with its line break; null takes Envoy's."),
    text: null,
    '#level':: doc.enum(['info', 'error', 'critical', 'disabled'], 'Which requests: all, 300 and up, 500 and up, none.'),
    level: 'info',
  },

  '#debug':: doc.setting('boolean', 'Whether Contour logs what it decides.'),
  debug: false,

  // ---- requests ----

  '#httpVersions':: doc.list(doc.enum(['http/1.1', 'http/2'], 'Version.'), 'HTTP versions offered over TLS.'),
  httpVersions: ['http/1.1', 'http/2'],

  '#timeouts':: doc.object('How long Envoy waits. A route may say otherwise.'),
  timeouts: {
    '#request':: doc.optional('timeout', 'For a whole request to arrive.'),
    request: null,
    '#connectionIdle':: doc.optional('timeout', 'For the next request on an idle connection.'),
    connectionIdle: '60s',
    '#streamIdle':: doc.optional('timeout', 'For the next byte of a request or response.'),
    streamIdle: null,
    '#maxConnectionDuration':: doc.optional('timeout', 'For a connection in all.'),
    maxConnectionDuration: null,
    '#delayedClose':: doc.optional('timeout', 'For the client to close a connection that ends.'),
    delayedClose: null,
    '#connectionShutdownGrace':: doc.optional('timeout', 'Between the first and the last farewell on HTTP/2.'),
    connectionShutdownGrace: null,
    '#connect':: doc.optional('go-duration', 'To connect to a program.'),
    connect: '2s',
  },

  '#headers':: doc.object('Headers on all routes, unless an HTTPProxy says otherwise.'),
  headers: {
    '#request':: doc.object('On the way to the programs.'),
    request: headers('request'),
    '#response':: doc.object('On the way to the clients.'),
    response: headers('response'),
    '#applyToIngresses':: doc.setting('boolean', 'Whether they hold for Ingresses too.'),
    applyToIngresses: false,
  },

  '#serverHeader':: doc.enum(['overwrite', 'append_if_absent', 'pass_through'], 'What becomes of the header Server.'),
  serverHeader: 'overwrite',

  '#compression':: doc.enum(['gzip', 'brotli', 'zstd', 'disabled'], 'How responses are compressed for clients that ask for it.'),
  compression: 'gzip',

  '#trustedHops':: doc.setting('count', 'Proxies in front whose X-Forwarded-For is believed.'),
  trustedHops: 0,

  '#stripTrailingHostDot':: doc.setting('boolean', 'Whether `example.org.` is taken for `example.org`.'),
  stripTrailingHostDot: false,

  '#mergeSlashes':: doc.setting('boolean', 'Whether several slashes in a path are taken for one.'),
  mergeSlashes: true,

  '#disablePermitInsecure':: doc.setting('boolean', 'Whether no route may be served without TLS, whatever its HTTPProxy says.'),
  disablePermitInsecure: false,

  '#externalNames':: doc.setting('boolean', 'Whether Services of type ExternalName are followed: whoever may write a Service can then reach what Envoy reaches (GHSA-5ph6-qq5x-7jwc).'),
  externalNames: false,

  '#dnsLookupFamily':: doc.enum(['auto', 'v4', 'v6', 'all'], 'Addresses that names are resolved to.'),
  dnsLookupFamily: 'auto',

  // ---- limits ----

  '#limits':: doc.object('Bounds on what one client, and all together, may ask for.'),
  limits: {
    '#connections':: doc.optional('count', 'Open connections, for each of http and https.'),
    connections: null,
    '#allConnections':: doc.optional('count', 'Open connections to one Envoy, of http and https together: it closes more at once. Probes and metrics do not count. By default one for each 64 KiB of its memory limit.'),
    allConnections: std.floor(k.quantity.bytes(k.resources(this.size.envoy).limits.memory) / 65536),
    // Envoy's advice for proxies that face the Internet ("Configuring Envoy as an edge proxy").
    '#streamsPerConnection':: doc.optional('count', 'Requests at once on one HTTP/2 connection.'),
    streamsPerConnection: 100,
    '#requestsPerConnection':: doc.optional('count', 'Requests until a client must connect anew.'),
    requestsPerConnection: null,
    '#requestsPerCycle':: doc.optional('count', 'Requests of one connection that are served before others have their turn (CVE-2023-44487).'),
    requestsPerCycle: null,
    '#bufferBytes':: doc.optional('count', 'Bytes buffered for one connection of a client.'),
    bufferBytes: null,
    '#upstreamRequestsPerConnection':: doc.optional('count', 'Requests until Envoy connects to a program anew.'),
    upstreamRequestsPerConnection: null,
    '#upstreamBufferBytes':: doc.optional('count', 'Bytes buffered for one connection to a program.'),
    upstreamBufferBytes: null,
  },

  '#circuitBreakers':: doc.optionalShape({
    maxConnections: doc.setting('count', 'Connections of one Envoy to one Service.'),
    maxPendingRequests: doc.setting('count', 'Requests that wait for a connection.'),
    maxRequests: doc.setting('count', 'Requests at once.'),
    maxRetries: doc.setting('count', 'Retries at once.'),
    perHostMaxConnections: doc.setting('count', 'Connections of one Envoy to one pod.'),
  }, 'Bounds on what Envoy asks of one Service.'),
  circuitBreakers: null,

  // ---- services that Envoy asks about requests ----

  '#rateLimitService':: doc.optionalShape({
    extensionService: doc.required('string', 'The ExtensionService, as namespace/name.'),
    domain: doc.setting('string', 'Name under which the service keeps its limits.'),
    failOpen: doc.setting('boolean', 'Whether requests pass while the service is silent.'),
    enableXRateLimitHeaders: doc.setting('boolean', 'Whether responses tell the limit.'),
    enableResourceExhaustedCode: doc.setting('boolean', 'Whether gRPC says RESOURCE_EXHAUSTED for 429.'),
  }, 'A service that counts requests over all Envoys.'),
  rateLimitService: null,

  '#externalAuthorization':: doc.optionalShape({
    extensionService: doc.required('string', 'The ExtensionService, as namespace/name.'),
    failOpen: doc.setting('boolean', 'Whether requests pass while the service is silent.'),
    responseTimeout: doc.setting('timeout', 'For its answer.'),
    authPolicy: doc.setting(doc.shape({
      disabled: doc.setting('boolean', 'Whether only routes that ask for it are authorised.'),
      context: doc.map('string', 'Sent to the service with each request.'),
    }), 'For routes that say nothing.'),
    withRequestBody: doc.setting(doc.shape({
      maxRequestBytes: doc.setting('count', 'The most of it.'),
      allowPartialMessage: doc.setting('boolean', 'Whether a part will do.'),
      packAsBytes: doc.setting('boolean', 'Whether it is sent as bytes.'),
    }), 'Send the body of the request along.'),
  }, 'A service that allows or refuses each request.'),
  externalAuthorization: null,
}
