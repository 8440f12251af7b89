// metrics-api asks Mimir; tap asks proxies; tap-injector tells proxies of tap; web is the page.
local k = import '../kubernetes/main.libsonnet';
local token = import '../linkerd/token.libsonnet';

function(this)
  local linkerd = this.linkerd;
  local host(role) = '%s.%s.svc.%s' % [role, this.namespace, linkerd.clusterDomain];
  local escaped(text) = std.strReplace(text, '.', '\\.');

  // By these labels the command line of Linkerd finds them.
  local labels(role) = { metadata+: { labels+: { component: role, 'linkerd.io/extension': 'viz' } } };

  local certificate(role) = {
    volumes: [{ name: 'tls', secret: { secretName: this.certificates[role] } }],
    mounts: [{ name: 'tls', mountPath: '/var/run/linkerd/tls', readOnly: true }],
  };
  local nothing = { volumes: [], mounts: [] };

  local deployment(role, args, mounted=nothing) = k.deployment(this, role) + labels(role) {
    spec+: { template+: labels(role) {
      metadata+: { annotations+: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' } },
      spec+: {
        // For the program alone: its proxy has no use for it.
        automountServiceAccountToken: false,
        containers: [
          k.container(this, role, this.images[role]) {
            args: args + ['-log-level=' + this.logLevel, '-log-format=json', '-enable-pprof=false'],
            env: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size[role]) }),
            livenessProbe: k.httpProbe('admin', '/ping') { initialDelaySeconds: 10 },
            readinessProbe: k.httpProbe('admin', '/ready') { failureThreshold: 7 },
            securityContext+: { runAsUser: 2103, runAsGroup: 2103 },
            volumeMounts: [token.mount] + mounted.mounts,
          },
        ],
        volumes: [token.volume] + mounted.volumes,
      },
    } },
  };

  local service(role, ports) = k.service(this, role, ports) + labels(role);
  // A port of the Service of another name than that of the pod.
  local serving(role, port) = k.service(this, role, {}) + labels(role) {
    spec+: { ports: [{ name: port, port: 443, targetPort: port, protocol: 'TCP' }] },
  };
  local numbers(role) = this.workload(role).ports;

  {
    metricsAPI: {
      deployment: deployment('metrics-api', [
        '-controller-namespace=' + linkerd.namespace,
        '-cluster-domain=' + linkerd.clusterDomain,
        '-prometheus-url=' + this.mimir.queryURL,
      ]),
      service: service('metrics-api', { http: numbers('metrics-api').http }),
    },

    tap: {
      deployment: deployment('tap', [
        'api',
        '-api-namespace=' + linkerd.namespace,
        '-identity-trust-domain=' + linkerd.trustDomain,
      ] + (if this.tapIgnoresHeaders == [] then [] else ['-ignore-headers=' + std.join(',', this.tapIgnoresHeaders)]), certificate('tap')),
      service: serving('tap', 'apiserver') {
        spec+: { ports+: [{ name: 'grpc', port: numbers('tap').grpc, targetPort: 'grpc', protocol: 'TCP' }] },
      },
    },

    tapInjector: {
      deployment: deployment('tap-injector', [
        'injector',
        '-tap-service-name=' + linkerd.identityOf(this.namespace, this.workloadName('tap')),
      ], certificate('tap-injector')),
      service: serving('tap-injector', 'tap-injector'),
    },

    web: {
      deployment: deployment('web', [
        '-linkerd-metrics-api-addr=%s:%d' % [host('metrics-api'), numbers('metrics-api').http],
        '-cluster-domain=' + linkerd.clusterDomain,
        '-controller-namespace=' + linkerd.namespace,
        // Against DNS rebinding: who forwards a port asks for localhost.
        '-enforced-host=^(localhost|127\\.0\\.0\\.1|%s|%s|\\[::1\\])(:\\d+)?$' % [escaped(host('web')), escaped('web.%s.svc' % this.namespace)],
      ]),
      service: service('web', { http: numbers('web').http }),
    },
  }
