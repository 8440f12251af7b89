// identity signs the certificates of proxies, destination says where Services are and who may call whom, proxy-injector adds
// proxies to pods. Each has a proxy of its own, which does without what it needs itself.
local mesh = import '../component/mesh.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local token = import 'token.libsonnet';

local textOf(ports) = std.join(',', [std.toString(port) for port in ports]);
local secret(name, secretName) = { name: name, secret: { secretName: secretName } };
local configMap(name, configMapName) = { name: name, configMap: { name: configMapName } };
local mount(name, path) = { name: name, mountPath: path, readOnly: true };

// On each node one of them, and rather in different zones: charts/partials/templates/_affinity.tpl.
local apart(this, role) =
  local term(key) = { topologyKey: key, labelSelector: { matchLabels: k.selector(this, role) } };
  { affinity+: { podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term('topology.kubernetes.io/zone') }],
    requiredDuringSchedulingIgnoredDuringExecution: [term('kubernetes.io/hostname')],
  } } };

function(this) {
  local commonArgs = ['-log-level=' + this.logLevel, '-log-format=' + this.logFormat],

  // container(role, size, ports, admin) -> one program of the image of the control plane. ports: names of those of the workload.
  local container(role, name, admin, ports) = k.sidecar(this, name, this.images.controller) {
    local declared = this.workload(role).ports,
    ports: [{ name: port, containerPort: declared[port], protocol: 'TCP' } for port in [admin] + ports],
    resources: k.resources(this.size[name]),
    livenessProbe: k.httpProbe(admin, '/ping') { initialDelaySeconds: 10, timeoutSeconds: 1 },
    readinessProbe: k.httpProbe(admin, '/ready') { failureThreshold: 7, timeoutSeconds: 1 },
    securityContext+: { runAsUser: 2103 },
    volumeMounts: [token.mount],
  },
  local goLimit(name) = { env+: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size[name]) }) },

  // deployment(role, pod, injected) -> a Deployment of these containers and volumes, with its proxy.
  local deployment(role, pod, injected={}) =
    local skipInbound = mesh.numbers(this, role, mesh.of(this, role).skipInbound);
    local added = this.injected({
      kind: 'deployment',
      name: this.workloadName(role),
      inboundPorts: std.objectValues(this.workload(role).ports),
      // The API server calls webhooks, from anywhere; and the programs call it before the proxy is there.
      inboundPolicy: 'all-unauthenticated',
      skipInboundPorts: skipInbound,
      skipOutboundPorts: this.apiServerPorts,
    } + injected);
    k.deployment(this, role) {
      metadata+: { labels+: { 'linkerd.io/control-plane-component': role, 'linkerd.io/control-plane-ns': this.namespace } },
      spec+: {
        strategy: { rollingUpdate: if this.highlyAvailable then { maxUnavailable: 1, maxSurge: '25%' } else { maxUnavailable: 0 } },
        template+: {
          metadata+: {
            labels+: added.labels { 'linkerd.io/control-plane-component': role },
            annotations+: added.annotations {
              'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true',
              'config.linkerd.io/default-inbound-policy': 'all-unauthenticated',
              // They know the anchors from when they started.
              'rekindle/trust-anchors': std.join(',', this.anchors),
              // For those who call, and for linkerd-cni; linkerd-init is told by its arguments.
              'config.linkerd.io/skip-inbound-ports': textOf(skipInbound),
              'config.linkerd.io/skip-outbound-ports': textOf(this.apiServerPorts),
            },
          },
          spec+: {
            automountServiceAccountToken: false,
            initContainers: added.initContainers,
            containers: pod.containers,
            volumes: pod.volumes + [token.volume] + added.volumes,
          } + (if this.highlyAvailable then apart(this, role) { topologySpreadConstraints:: null } else {}),
        },
      },
    },

  local service(role, name, port, numbers) = k.service(this, role, {}) {
    metadata+: { name: name },
    spec+: { ports: [{ name: 'grpc', port: numbers, targetPort: port, protocol: 'TCP' }] },
  },
  local headless = { spec+: { clusterIP: 'None' } },

  identity: {
    deployment: deployment(
      'identity',
      {
        containers: [
          container('identity', 'identity', 'ident-admin', ['ident-grpc']) + goLimit('identity') {
            args: ['identity'] + commonArgs + [
              '-controller-namespace=' + this.namespace,
              '-identity-trust-domain=' + this.trustDomain,
              '-identity-issuance-lifetime=' + this.lifetimes.proxy,
              '-identity-clock-skew-allowance=20s',
              '-identity-scheme=kubernetes.io/tls',
              '-enable-pprof=false',
              '-kube-apiclient-qps=100',
              '-kube-apiclient-burst=200',
            ],
            env+: k.env({ LINKERD_DISABLED: 'linkerd-await cannot block the identity controller' }),
            volumeMounts+: [
              mount('identity-issuer', '/var/run/linkerd/identity/issuer'),
              mount('trust-roots', '/var/run/linkerd/identity/trust-roots/'),
            ],
          },
        ],
        volumes: [secret('identity-issuer', this.issuerName), configMap('trust-roots', this.trustRoots.configMap)],
      },
      // Its proxy gets its certificate from it, so that neither may wait for the other.
      { await: false, tlsPorts: [this.workload('identity').ports['ident-grpc']] },
    ),
    service: service('identity', 'linkerd-identity', 'ident-grpc', 8080),
    headless: service('identity', 'linkerd-identity-headless', 'ident-grpc', 8080) + headless,
  },

  destination: {
    deployment: deployment('destination', {
      containers: [
        container('destination', 'destination', 'dest-admin', ['dest-grpc']) + goLimit('destination') {
          args: [
            'destination',
            '-addr=:8086',
            '-controller-namespace=' + this.namespace,
            '-outbound-transport-mode=transport-header',
            '-enable-h2-upgrade=true',
          ] + commonArgs + [
            '-enable-endpoint-slices=true',
            '-cluster-domain=' + this.clusterDomain,
            '-identity-trust-domain=' + this.trustDomain,
            '-default-opaque-ports=' + textOf(this.opaquePorts),
            '-enable-ipv6=%s' % this.ipv6,
            '-enable-pprof=false',
            '--meshed-http2-client-params={"keep_alive":{"interval":{"seconds":10},"timeout":{"seconds":3},"while_idle":true}}',
          ],
        },
        container('destination', 'sp-validator', 'spval-admin', ['sp-validator']) + goLimit('sp-validator') {
          args: ['sp-validator'] + commonArgs + ['-enable-pprof=false'],
          volumeMounts+: [mount('sp-tls', '/var/run/linkerd/tls')],
        },
        container('destination', 'policy', 'policy-admin', ['policy-grpc', 'policy-https']) {
          local any = if this.ipv6 then '[::]' else '0.0.0.0',
          command: ['/linkerd-policy-controller'],
          args: [
            '--admin-addr=%s:9990' % any,
            '--control-plane-namespace=' + this.namespace,
            '--grpc-addr=%s:8090' % any,
            '--server-addr=%s:9443' % any,
            '--server-tls-key=/var/run/linkerd/tls/tls.key',
            '--server-tls-certs=/var/run/linkerd/tls/tls.crt',
            '--cluster-networks=' + std.join(',', this.clusterNetworks),
            '--identity-domain=' + this.trustDomain,
            '--cluster-domain=' + this.clusterDomain,
            '--default-policy=' + this.inboundPolicy,
            '--log-level=' + this.logLevel,
            '--log-format=' + this.logFormat,
            '--default-opaque-ports=' + textOf(this.opaquePorts),
            '--global-egress-network-namespace=linkerd-egress',
          ] + (if this.probeNetworks == [] then [] else ['--probe-networks=' + std.join(',', this.probeNetworks)]),
          livenessProbe+: { httpGet+: { path: '/live' } },
          volumeMounts+: [mount('policy-tls', '/var/run/linkerd/tls')],
        },
      ],
      volumes: [
        secret('sp-tls', this.webhooks['sp-validator'].secret),
        secret('policy-tls', this.webhooks['policy-validator'].secret),
      ],
    }),
    service: service('destination', 'linkerd-dst', 'dest-grpc', 8086),
    headless: service('destination', 'linkerd-dst-headless', 'dest-grpc', 8086) + headless,
    policy: service('destination', 'linkerd-policy', 'policy-grpc', 8090) + headless,
  },

  injector: {
    local webhookPorts = [this.workload('proxy-injector').ports['proxy-injector']],
    deployment: deployment('proxy-injector', {
      containers: [
        container('proxy-injector', 'proxy-injector', 'injector-admin', ['proxy-injector']) + goLimit('proxy-injector') {
          args: ['proxy-injector'] + commonArgs + ['-linkerd-namespace=' + this.namespace, '-enable-pprof=false'],
          volumeMounts+: [
            mount('config', '/var/run/linkerd/config'),
            mount('trust-roots', '/var/run/linkerd/identity/trust-roots'),
            mount('tls', '/var/run/linkerd/tls'),
          ],
        },
      ],
      volumes: [
        configMap('config', this.configName),
        configMap('trust-roots', this.trustRoots.configMap),
        secret('tls', this.webhooks['proxy-injector'].secret),
      ],
    }, { opaquePorts: webhookPorts }) { spec+: { template+: { metadata+: { annotations+: { 'config.linkerd.io/opaque-ports': textOf(webhookPorts) } } } } },
  },
}
