// Envoy: every request passes through it.
local k = import '../kubernetes/main.libsonnet';

local small(memoryLimit) = k.resources({ cpu: '5m', memory: '24Mi', memoryLimit: memoryLimit });

function(this)
  local asDeployment = this.envoyKind == 'deployment';
  local size = this.size.envoy;
  local memoryLimit = k.quantity.bytes(if std.objectHas(size, 'memoryLimit') then size.memoryLimit else size.memory);
  local namespaceVariable = { CONTOUR_NAMESPACE: { field: 'metadata.namespace' } };
  local certificateMount = { name: 'certificate', mountPath: '/certs', readOnly: true };

  local bootstrap = k.sidecar(this, 'bootstrap', this.image) {
    command: ['contour'],
    args: [
      'bootstrap',
      '/config/envoy.json',
      '--xds-address=' + this.serviceHost('contour'),
      '--xds-port=%d' % this.workload('contour').ports.xds,
      '--xds-resource-version=v3',
      '--resources-dir=/config/resources',
      '--envoy-cafile=/certs/ca.crt',
      '--envoy-cert-file=/certs/tls.crt',
      '--envoy-key-file=/certs/tls.key',
      // At 98 % of this Envoy takes no more requests, instead of being killed with all it has.
      '--overload-max-heap=%d' % std.floor(memoryLimit * 9 / 10),
    ] + (if this.limits.allConnections == null then [] else ['--overload-downstream-max-conn=%d' % this.limits.allConnections]),
    env: k.env(namespaceVariable),
    resources: small('64Mi'),
    volumeMounts: [{ name: 'config', mountPath: '/config' }, certificateMount],
  };

  // It has no liveness probe: ending it runs its hook, and with that drains an Envoy in good health.
  local shutdownManager = k.sidecar(this, 'shutdown-manager', this.image) {
    command: ['/bin/contour'],
    args: ['envoy', 'shutdown-manager'],
    ports: [{ name: 'shutdown', containerPort: this.shutdownPort, protocol: 'TCP' }],
    lifecycle: { preStop: { exec: {
      command: ['/bin/contour', 'envoy', 'shutdown', '--check-delay=%ds' % this.drain.atLeast],
    } } },
    readinessProbe: k.httpProbe('shutdown', '/healthz') { periodSeconds: 10 },
    resources: small('64Mi'),
    volumeMounts: [{ name: 'admin', mountPath: '/admin' }],
  };

  local envoy = k.container(this, 'envoy', this.envoyImage) {
    command: ['envoy'],
    args: [
      '-c',
      '/config/envoy.json',
      '--service-cluster',
      '$(CONTOUR_NAMESPACE)',
      '--service-node',
      '$(POD_NAME)',
      '--log-level',
      'info',
    ],
    env: k.env(namespaceVariable { POD_NAME: { field: 'metadata.name' } }),
    [if this.exposure == 'host-port' then 'ports']: [
      port + if std.objectHas(this.entryPorts, port.name) then { hostPort: this.entryPorts[port.name] } else {}
      for port in super.ports
    ],
    lifecycle: { preStop: { httpGet: { path: '/shutdown', port: this.shutdownPort, scheme: 'HTTP' } } },
    // Its listeners come from Contour, which may not be there yet.
    startupProbe: k.httpProbe('metrics', '/ready') { periodSeconds: 2, failureThreshold: 300 },
    readinessProbe: k.httpProbe('metrics', '/ready') { periodSeconds: 4 },
    // While it drains it is not ready, but alive.
    livenessProbe: { tcpSocket: { port: 'metrics' }, periodSeconds: 10, failureThreshold: 6 },
    volumeMounts: [
      { name: 'admin', mountPath: '/admin' },
      { name: 'config', mountPath: '/config', readOnly: true },
      certificateMount,
    ],
  };

  local pod = {
    spec+: {
      securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
      terminationGracePeriodSeconds: this.drain.atMost,
      initContainers: [bootstrap],
      containers: [shutdownManager, envoy],
      volumes: [
        k.emptyDir('admin', '4Mi'),
        k.emptyDir('config', '4Mi'),
        { name: 'certificate', secret: { secretName: this.workloadName('envoy') + '-xds-client' } },
      ],
    },
  };

  {
    [if asDeployment then 'deployment']: k.deployment(this, 'envoy') {
      spec+: { strategy: { rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 } }, template+: pod },
    },
    [if !asDeployment then 'daemonSet']: k.daemonSet(this, 'envoy') {
      spec+: { updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } }, template+: pod },
    },

    [if this.autoscaling != null then 'autoscaler']: k.object(this, 'autoscaling/v2', 'HorizontalPodAutoscaler', this.workloadName('envoy'), 'envoy') {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: this.workloadName('envoy') },
        minReplicas: this.replicas.envoy,
        maxReplicas: this.autoscaling.maxReplicas,
        metrics: [{
          type: 'ContainerResource',
          containerResource: {
            container: 'envoy',
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: this.autoscaling.cpuUtilization },
          },
        }],
        // One at a time, as long as the last one may take to drain.
        behavior: { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: this.drain.atMost }] } },
      },
    },

    service: k.service(this, 'envoy', { http: 80, https: 443 }) {
      metadata+: { [if this.service.annotations != {} then 'annotations']: this.service.annotations },
      spec+: {
        'load-balancer': {
          type: 'LoadBalancer',
          externalTrafficPolicy: this.service.externalTrafficPolicy,
          [if this.service.loadBalancerClass != null then 'loadBalancerClass']: this.service.loadBalancerClass,
          [if this.service.sourceRanges != [] then 'loadBalancerSourceRanges']: this.service.sourceRanges,
        },
        'node-port': {
          type: 'NodePort',
          externalTrafficPolicy: this.service.externalTrafficPolicy,
          ports: [port { nodePort: this.entryPorts[port.name] } for port in super.ports],
        },
        'host-port': {},
      }[this.exposure],
    },
  }
