// The one program. Flags: backend/pkg/config/config.go of Headlamp 0.45.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local ports = this.workload('server').ports,
  local signIn = this.cluster.signIn,
  // Beside what its image says: where the pages and the plugins are.
  local flags = {
    'in-cluster': true,
    'in-cluster-context-name': this.cluster.name,
    'log-level': this.logLevel,
    port: ports.http,
    'session-ttl': k.quantity.seconds(this.session),
  } + (if signIn == null then {} else {
         'oidc-callback-url': 'https://%s/oidc-callback' % this.host,
         'oidc-client-id': signIn.clientID,
         'oidc-idp-issuer-url': signIn.issuer,
         'oidc-scopes': std.join(',', this.scopes),
         'oidc-use-pkce': true,
       }),

  deployment: k.deployment(this, 'server') {
    spec+: {
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template+: { spec+: {
        securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
        containers: [
          k.container(this, 'server', this.image) {
            args: ['-%s=%s' % [name, flags[name]] for name in std.objectFields(flags)],
            env: k.env({
              GOMEMLIMIT: k.goMemoryLimit(this.size.server),
              // Where it would keep clusters and plugins that somebody adds.
              XDG_CONFIG_HOME: '/tmp/config',
              [if !this.plugins then 'HEADLAMP_STATIC_PLUGINS_DIR']: '',
              [if this.signInSecret != null then 'HEADLAMP_CONFIG_OIDC_CLIENT_SECRET']: { secret: this.signInSecret.name, key: this.signInSecret.key },
            }),
            livenessProbe: k.httpProbe('http', '/') { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
            readinessProbe: k.httpProbe('http', '/') { periodSeconds: 10, timeoutSeconds: 5 },
            // It copies its pages at the start.
            startupProbe: k.httpProbe('http', '/') { periodSeconds: 2, failureThreshold: 60 },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        volumes: [k.emptyDir('tmp', '256Mi')],
      } },
    },
  },

  service: k.service(this, 'server', { http: ports.http }),
}
