// HTTPProxies from a short description. Components put it into `exposes`, and Contour publishes it with a certificate; a
// component may also build one by itself:
//
//   local proxy = import '../contour/proxy.libsonnet';
//   …
//   resources+:: {
//     site: proxy.httpProxy(this, 'site', { host: 'example.org', workload: 'server', port: 'http' }, secretName='site-tls'),
//   },
//
// README.md shows routes, rewrites, CORS, JWT, retries, websockets and timeouts.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

local headers = doc.shape({
  set: doc.map('string', 'Set.'),
  remove: doc.list('string', 'Removed.'),
});

// Where a request goes and how: said for the whole host, and again by a route that differs.
local routing = {
  workload: doc.setting('string', 'The workload that serves it.'),
  port: doc.setting('string', "Name of the workload's port."),
  service: doc.setting('name', "Name of its Service; the workload's name when it is left out."),
  servicePort: doc.setting('port', "Port of its Service; the number of the workload's port when it is left out."),
  protocol: doc.enum(['h2', 'h2c', 'tls'], 'What the workload speaks, where it is not plain HTTP/1.1: HTTP/2 over TLS, HTTP/2 without, HTTP/1.1 over TLS.'),
  validation: doc.setting(doc.shape({
    caSecret: doc.required('string', 'Secret with ca.crt.'),
    subjectName: doc.required('host', "Name in the workload's certificate."),
  }), "Check the workload's certificate."),
  websockets: doc.setting('boolean', 'Whether connections may become websockets.'),
  permitInsecure: doc.setting('boolean', 'Whether it is served without TLS too, instead of redirecting.'),
  timeout: doc.setting(doc.shape({
    response: doc.setting('timeout', 'For the whole response.'),
    idle: doc.setting('timeout', 'For the next byte.'),
    idleConnection: doc.setting('timeout', 'For the next request on a connection to the workload.'),
  }), 'How long Envoy waits.'),
  retries: doc.setting(doc.shape({
    count: doc.required('count', 'At most.'),
    perTryTimeout: doc.setting('timeout', 'For each try.'),
    on: doc.list('string', 'When: `5xx`, `gateway-error`, `connect-failure`, …; `5xx` when it is left out.'),
    statusCodes: doc.list('count', 'For `retriable-status-codes`.'),
  }), 'Try again.'),
  requestHeaders: doc.setting(headers, 'Headers on the way to the workload.'),
  responseHeaders: doc.setting(headers, 'Headers on the way to the client.'),
  allow: doc.list('cidr', 'Client addresses that are let in; the others get 403.'),
  rateLimit: doc.setting(doc.shape({
    requests: doc.required('count', 'How many.'),
    unit: doc.required(doc.enum(['second', 'minute', 'hour'], 'Per.'), 'Per second, minute or hour.'),
    burst: doc.setting('count', 'How many more for a moment.'),
  }), 'Requests that each Envoy lets through; the others get 429.'),
  loadBalancing: doc.enum(['Cookie', 'Random', 'RoundRobin', 'WeightedLeastRequest'], 'Which pod serves a request; `Cookie` keeps a client at one.'),
};

local route = routing {
  path: doc.setting('string', 'Paths that begin so; `/` when no path is given.'),
  exact: doc.setting('string', 'This path alone.'),
  regex: doc.setting('string', 'Paths of this form (RE2).'),
  conditions: doc.list('any', "Further conditions as an HTTPProxy has them: `{ header: { name: 'content-type', contains: 'grpc' } }`."),
  rewrite: doc.setting('string', 'What the workload sees instead of `path`.'),
  redirect: doc.setting(doc.shape({
    hostname: doc.setting('host', 'To this host.'),
    path: doc.setting('string', 'To this path.'),
    prefix: doc.setting('string', 'To the same path, beginning so.'),
    port: doc.setting('port', 'To this port.'),
    scheme: doc.enum(['http', 'https'], 'To this scheme.'),
    statusCode: doc.setting(doc.enum([301, 302, 303, 307, 308], 'Code.'), '302 when it is left out.'),
  }), 'Send the client elsewhere.'),
  respond: doc.setting(doc.shape({
    statusCode: doc.required('count', 'Code.'),
    body: doc.setting('string', 'Text.'),
  }), 'Answer without a workload.'),
  jwt: doc.setting('boolean', 'false: no token is needed here.'),
};

local exposure = routing {
  host: doc.required('host', 'Name that clients ask for.'),
  routes: doc.list(doc.shape(route), 'Parts of the host; one route for everything when it is left out.'),
  cors: doc.setting(doc.shape({
    allowOrigin: doc.required(doc.list('string', 'Origins.'), "Origins: exact, a regular expression, or `['*']`."),
    allowMethods: doc.required(doc.list('string', 'Methods.'), 'Methods.'),
    allowHeaders: doc.list('string', 'Headers that a request may have.'),
    exposeHeaders: doc.list('string', 'Headers that scripts may read.'),
    allowCredentials: doc.setting('boolean', 'Whether cookies are sent.'),
    allowPrivateNetwork: doc.setting('boolean', 'Whether public pages may call a private network.'),
    maxAge: doc.setting('go-duration', 'How long browsers remember the answer.'),
  }), 'What scripts from other origins may do.'),
  jwt: doc.setting(doc.shape({
    issuer: doc.required('string', 'Who signs the tokens.'),
    jwks: doc.required('url', "URL of the issuer's keys."),
    audiences: doc.list('string', 'Whom the tokens are for.'),
    forward: doc.setting('boolean', 'Whether the workload sees the token.'),
    cacheDuration: doc.setting('go-duration', 'How long the keys are kept.'),
  }), 'Let in requests with a token (RFC 7519) alone.'),
  clientCertificate: doc.setting(doc.shape({
    caSecret: doc.required('string', "Secret with the clients' ca.crt."),
    optional: doc.setting('boolean', 'Whether clients without a certificate are let in.'),
  }), 'Ask clients for a certificate.'),
  minimumTLSVersion: doc.enum(['1.2', '1.3'], 'The oldest TLS that is spoken.'),
  fallback: doc.setting('boolean', 'Whether clients without SNI are served, with the fallback certificate.'),
  passthrough: doc.setting('boolean', 'Whether TLS ends at the workload: Envoy chooses by the server name alone.'),
  annotations: doc.map('string', 'Annotations of the HTTPProxy, for external-dns among others.'),
  patch: doc.setting('any', 'Added to the HTTPProxy: what there is no word for here.'),
};

local pairs(map) = [{ name: name, value: map[name] } for name in std.objectFields(map)];
local headerPolicy(policy) = policy { [if std.objectHas(policy, 'set') then 'set']: pairs(policy.set) };

// What is said of a route: by itself, or else for the host.
local effective(exposed, part) = { [field]: exposed[field] for field in std.objectFields(exposed) if std.objectHas(routing, field) } + part;

local has(said, field) = std.objectHas(said, field);

local service(component, said) = {
  name: if has(said, 'service') then said.service else component.workloadName(said.workload),
  port: if has(said, 'servicePort') then said.servicePort else component.workload(said.workload).ports[said.port],
  [if has(said, 'protocol') then 'protocol']: said.protocol,
  [if has(said, 'validation') then 'validation']: said.validation,
};

local pathCondition(said) =
  if has(said, 'exact') then { exact: said.exact }
  else if has(said, 'regex') then { regex: said.regex }
  else { prefix: if has(said, 'path') then said.path else '/' };

local toRoute(component, said) = {
  conditions: [pathCondition(said)] + (if has(said, 'conditions') then said.conditions else []),
  [if !has(said, 'redirect') && !has(said, 'respond') then 'services']: [service(component, said)],
  [if has(said, 'redirect') then 'requestRedirectPolicy']: said.redirect,
  [if has(said, 'respond') then 'directResponsePolicy']: said.respond,
  [if has(said, 'rewrite') then 'pathRewritePolicy']: { replacePrefix: [{ prefix: pathCondition(said).prefix, replacement: said.rewrite }] },
  [if has(said, 'websockets') then 'enableWebsockets']: said.websockets,
  [if has(said, 'permitInsecure') then 'permitInsecure']: said.permitInsecure,
  [if has(said, 'timeout') then 'timeoutPolicy']: said.timeout,
  [if has(said, 'retries') then 'retryPolicy']: {
    count: said.retries.count,
    [if has(said.retries, 'perTryTimeout') then 'perTryTimeout']: said.retries.perTryTimeout,
    [if has(said.retries, 'on') then 'retryOn']: said.retries.on,
    [if has(said.retries, 'statusCodes') then 'retriableStatusCodes']: said.retries.statusCodes,
  },
  [if has(said, 'requestHeaders') then 'requestHeadersPolicy']: headerPolicy(said.requestHeaders),
  [if has(said, 'responseHeaders') then 'responseHeadersPolicy']: headerPolicy(said.responseHeaders),
  // By the client's address as Envoy believes it: X-Forwarded-For counts as far as `trustedHops` says.
  [if has(said, 'allow') then 'ipAllowPolicy']: [{ source: 'Remote', cidr: cidr } for cidr in said.allow],
  [if has(said, 'rateLimit') then 'rateLimitPolicy']: { 'local': said.rateLimit },
  [if has(said, 'loadBalancing') then 'loadBalancerPolicy']: { strategy: said.loadBalancing },
  [if has(said, 'jwt') && !said.jwt then 'jwtVerificationPolicy']: { disabled: true },
};

local tls(exposed, secretName) =
  if has(exposed, 'passthrough') && exposed.passthrough then { passthrough: true }
  else {
    secretName: secretName,
    [if has(exposed, 'minimumTLSVersion') then 'minimumProtocolVersion']: exposed.minimumTLSVersion,
    [if has(exposed, 'fallback') then 'enableFallbackCertificate']: exposed.fallback,
    [if has(exposed, 'clientCertificate') then 'clientValidation']: {
      caSecret: exposed.clientCertificate.caSecret,
      [if has(exposed.clientCertificate, 'optional') then 'optionalClientCertificate']: exposed.clientCertificate.optional,
    },
  };

{
  // The twins of what may be said, for checks and for the docs.
  exposure:: exposure,

  // routes(exposed) -> its routes, each with all that holds for it.
  routes(exposed):: [
    effective(exposed, part)
    for part in (if std.objectHas(exposed, 'routes') then exposed.routes else [{}])
  ],

  // httpProxy(component, name, exposed, secretName=null, ingressClassName='contour') -> an HTTPProxy called <component>-<name>.
  // exposed: see `exposure` above. secretName: its certificate, as name or namespace/name; null serves it without TLS.
  httpProxy(component, name, exposed, secretName=null, ingressClassName='contour'):: k.object(component, 'projectcontour.io/v1', 'HTTPProxy', '%s-%s' % [component.prefix, name]) {
    metadata+: { [if has(exposed, 'annotations') then 'annotations']: exposed.annotations },
    local passthrough = has(exposed, 'passthrough') && exposed.passthrough,
    spec: {
      ingressClassName: ingressClassName,
      virtualhost: {
        fqdn: exposed.host,
        [if secretName != null || passthrough then 'tls']: tls(exposed, secretName),
        [if has(exposed, 'cors') then 'corsPolicy']: exposed.cors,
        [if has(exposed, 'jwt') then 'jwtProviders']: [{
          name: 'jwt',
          default: true,
          issuer: exposed.jwt.issuer,
          [if has(exposed.jwt, 'audiences') then 'audiences']: exposed.jwt.audiences,
          [if has(exposed.jwt, 'forward') then 'forwardJWT']: exposed.jwt.forward,
          remoteJWKS: {
            uri: exposed.jwt.jwks,
            [if has(exposed.jwt, 'cacheDuration') then 'cacheDuration']: exposed.jwt.cacheDuration,
          },
        }],
      },
      [if passthrough then 'tcpproxy']: { services: [service(component, exposed)] },
      [if !passthrough then 'routes']: [toRoute(component, said) for said in $.routes(exposed)],
    },
  } + (if has(exposed, 'patch') then exposed.patch else {}),
}
