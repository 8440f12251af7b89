// What the injector of Linkerd adds to a pod (charts/partials and charts/patch of linkerd2), in the form that Kubernetes calls
// native sidecar: an init container that keeps running. The pods of the control plane bear it in Git, since nothing injects
// into whom it needs itself; test/e2e compares it with what the injector makes.
local k = import '../kubernetes/main.libsonnet';

local join(ports) = std.join(',', [std.toString(port) for port in ports]);

// The injector sorts ports as text.
local joinSorted(ports) = std.join(',', std.set([std.toString(port) for port in ports]));

local seccomp = { seccompProfile: { type: 'RuntimeDefault' } };

function(this) {
  local ports = this.proxyPorts,
  local anyAddress = if this.ipv6 then '[::]' else '0.0.0.0',
  local listen(port) = '%s:%d' % [anyAddress, port],
  local outboundListen = '127.0.0.1:%d' % ports.outbound,
  local resources = k.resources(this.proxy),

  // Inside its own pod a proxy finds the API of the control plane without its own help.
  local api(pod, workload, service, port) =
    if pod.name == this.workloadName(workload) then 'localhost.:%d' % port
    else '%s.%s.svc.%s.:%d' % [service, this.namespace, this.clusterDomain, port],
  local identityOf(workload) = this.identityOf(this.namespace, this.workloadName(workload)),

  // Kubernetes replaces $(…) by variables that come before: these.
  local facts = {
    _l5d_ns: this.namespace,
    _l5d_trustdomain: this.trustDomain,
    _pod_containerName: 'linkerd-proxy',
    _pod_ip: { field: 'status.podIP' },
    _pod_name: { field: 'metadata.name' },
    _pod_nodeName: { field: 'spec.nodeName' },
    _pod_ns: { field: 'metadata.namespace' },
    _pod_sa: { field: 'spec.serviceAccountName' },
    _pod_uid: { field: 'metadata.uid' },
  },

  local variables(pod) = {
    ADMIN_LISTEN_ADDR: listen(ports.admin),
    CONTROL_LISTEN_ADDR: listen(ports.control),
    CONTROL_STREAM_IDLE_TIMEOUT: '5m',
    CONTROL_STREAM_INITIAL_TIMEOUT: '3s',
    CONTROL_STREAM_LIFETIME: '1h',
    CORES: std.toString(this.proxy.workers),
    CORES_MIN: std.toString(this.proxy.workers),
    DESTINATION_CONTEXT: '{"ns":"$(_pod_ns)", "nodeName":"$(_pod_nodeName)", "pod":"$(_pod_name)"}\n',
    DESTINATION_PROFILE_NETWORKS: std.join(',', this.clusterNetworks),
    DESTINATION_PROFILE_SUFFIXES: 'svc.%s.' % this.clusterDomain,
    DESTINATION_SVC_ADDR: api(pod, 'destination', 'linkerd-dst-headless', 8086),
    DESTINATION_SVC_NAME: identityOf('destination'),
    IDENTITY_DIR: '/var/run/linkerd/identity/end-entity',
    IDENTITY_LOCAL_NAME: '$(_pod_sa).$(_pod_ns).serviceaccount.identity.%s.%s' % [this.namespace, this.trustDomain],
    IDENTITY_SVC_ADDR: api(pod, 'identity', 'linkerd-identity-headless', 8080),
    IDENTITY_SVC_NAME: identityOf('identity'),
    IDENTITY_TOKEN_FILE: '/var/run/secrets/tokens/linkerd-identity-token',
    // The injector writes the certificates themselves; here nobody knows them.
    IDENTITY_TRUST_ANCHORS: { configMap: this.trustRoots.configMap, key: this.trustRoots.key },
    INBOUND_ACCEPT_KEEPALIVE: '10000ms',
    INBOUND_ACCEPT_USER_TIMEOUT: '30s',
    INBOUND_CONNECT_TIMEOUT: '100ms',
    INBOUND_DEFAULT_POLICY: pod.inboundPolicy,
    INBOUND_DISCOVERY_IDLE_TIMEOUT: '90s',
    INBOUND_IPS: { field: 'status.podIPs' },
    INBOUND_LISTEN_ADDR: listen(ports.inbound),
    INBOUND_PORTS: joinSorted(pod.inboundPorts),
    INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION: join(pod.opaquePorts),
    [if pod.tlsPorts != [] then 'INBOUND_PORTS_REQUIRE_TLS']: join(pod.tlsPorts),
    INBOUND_SERVER_HTTP2_KEEP_ALIVE_INTERVAL: '10s',
    INBOUND_SERVER_HTTP2_KEEP_ALIVE_TIMEOUT: '3s',
    LOG: this.proxy.logLevel + ',[{headers}]=off,[{request}]=off',
    LOG_FORMAT: this.logFormat,
    OUTBOUND_CONNECT_KEEPALIVE: '10000ms',
    OUTBOUND_CONNECT_TIMEOUT: '1000ms',
    OUTBOUND_CONNECT_USER_TIMEOUT: '30s',
    OUTBOUND_DISCOVERY_IDLE_TIMEOUT: '5s',
    OUTBOUND_LISTEN_ADDR: outboundListen,
    OUTBOUND_LISTEN_ADDRS: outboundListen + if this.ipv6 then ',[::1]:%d' % ports.outbound else '',
    OUTBOUND_METRICS_HOSTNAME_LABELS: 'false',
    OUTBOUND_SERVER_HTTP2_KEEP_ALIVE_INTERVAL: '10s',
    OUTBOUND_SERVER_HTTP2_KEEP_ALIVE_TIMEOUT: '3s',
    POLICY_CLUSTER_NETWORKS: std.join(',', this.clusterNetworks),
    POLICY_SVC_ADDR: api(pod, 'destination', 'linkerd-policy', 8090),
    POLICY_SVC_NAME: identityOf('destination'),
    POLICY_WORKLOAD: '{"ns":"$(_pod_ns)", "pod":"$(_pod_name)"}\n',
    SHUTDOWN_ENDPOINT_ENABLED: 'false',
    [if this.proxy.shutdownGracePeriod != null then 'SHUTDOWN_GRACE_PERIOD']: this.proxy.shutdownGracePeriod,
    [if this.proxy.accessLog != null then 'ACCESS_LOG']: this.proxy.accessLog,
  },

  local proxy(pod) =
    local environment = variables(pod);
    k.sidecar(this, 'linkerd-proxy', this.images.proxy) {
      env: k.env(facts) + k.env({ ['LINKERD2_PROXY_' + name]: environment[name] for name in std.objectFields(environment) }),
      ports: [
        { name: 'linkerd-proxy', containerPort: ports.inbound, protocol: 'TCP' },
        { name: 'linkerd-admin', containerPort: ports.admin, protocol: 'TCP' },
      ],
      livenessProbe: k.httpProbe('linkerd-admin', '/live') { initialDelaySeconds: 10, timeoutSeconds: 1 },
      readinessProbe: k.httpProbe('linkerd-admin', '/ready') { initialDelaySeconds: 2, timeoutSeconds: 1 },
      // The other containers wait for this, up to two minutes.
      [if pod.await then 'startupProbe']: k.httpProbe('linkerd-admin', '/ready') { periodSeconds: 1, failureThreshold: 120 },
      resources: resources,
      restartPolicy: 'Always',
      securityContext+: { runAsUser: this.proxyUser } + seccomp,
      volumeMounts: [
        { name: 'linkerd-identity-end-entity', mountPath: '/var/run/linkerd/identity/end-entity' },
        { name: 'linkerd-identity-token', mountPath: '/var/run/secrets/tokens' },
      ],
    },

  // Leads what the pod sends and gets through the proxy, and ends.
  local init(pod) = k.sidecar(this, 'linkerd-init', this.images.proxy) {
    command: ['/usr/lib/linkerd/linkerd2-proxy-init'],
    args: ['--firewall-bin-path', 'iptables-nft', '--firewall-save-bin-path', 'iptables-nft-save']
          + (if this.ipv6 then [] else ['--ipv6=false'])
          + ['--incoming-proxy-port', std.toString(ports.inbound), '--outgoing-proxy-port', std.toString(ports.outbound)]
          + ['--proxy-uid', std.toString(this.proxyUser)]
          + ['--inbound-ports-to-ignore', join([ports.control, ports.admin] + pod.skipInboundPorts)]
          + (if pod.skipOutboundPorts == [] then [] else ['--outbound-ports-to-ignore', join(pod.skipOutboundPorts)]),
    resources: resources,
    securityContext+: {
      capabilities: { add: ['NET_ADMIN', 'NET_RAW'], drop: ['ALL'] },
      privileged: false,
      runAsUser: 65534,
      runAsGroup: 65534,
    } + seccomp,
    volumeMounts: [{ name: 'linkerd-proxy-init-xtables-lock', mountPath: '/run' }],
  },

  // The CNI plugin did that already: this fails where it did not.
  local validator = k.sidecar(this, 'linkerd-network-validator', this.images.proxy) {
    command: ['/usr/lib/linkerd/linkerd2-network-validator'],
    args: [
      '--log-format',
      this.logFormat,
      '--log-level',
      'debug',
      '--connect-addr',
      if this.ipv6 then '[fd00::1]:20001' else '1.1.1.1:20001',
      '--listen-addr',
      listen(ports.outbound),
      '--timeout',
      '10s',
    ],
    resources: resources,
    securityContext+: { runAsUser: 65534, runAsGroup: 65534 } + seccomp,
  },

  // proxy(pod) -> { labels, annotations, initContainers, volumes } to be added to the template of a pod in Linkerd's namespace.
  //
  // pod: {
  //   kind, name          of its workload: 'deployment', 'linkerd-identity'
  //   inboundPorts        numbers of all ports of its containers
  //   opaquePorts, skipInboundPorts, skipOutboundPorts, inboundPolicy    else as for every pod
  //   tlsPorts            ports that nobody reaches without TLS
  //   await               whether its containers wait for the proxy; true
  // }
  proxy(pod)::
    local all = {
      opaquePorts: this.opaquePorts,
      skipInboundPorts: this.skipInboundPorts,
      skipOutboundPorts: this.skipOutboundPorts,
      inboundPolicy: this.inboundPolicy,
      tlsPorts: [],
      await: true,
    } + pod;
    {
      labels: {
        'linkerd.io/control-plane-ns': this.namespace,
        'linkerd.io/workload-ns': this.namespace,
        ['linkerd.io/proxy-' + all.kind]: all.name,
      },
      annotations: { 'linkerd.io/proxy-version': this.images.proxy.tag },
      initContainers: [if this.cni then validator else init(all), proxy(all)],
      volumes: (if this.cni then [] else [k.emptyDir('linkerd-proxy-init-xtables-lock', '1Mi')]) + [
        k.emptyDir('linkerd-identity-end-entity', '1Mi') { emptyDir+: { medium: 'Memory' } },
        {
          name: 'linkerd-identity-token',
          projected: { sources: [
            { serviceAccountToken: { audience: 'identity.l5d.io', expirationSeconds: 86400, path: 'linkerd-identity-token' } },
          ] },
        },
      ],
    },
}
