// A Service that Lens takes for the server of a Prometheus: it asks <Service>/api/v1/query_range, where Mimir has another path
// and may want a tenant. Envoy puts both in, and lets nothing through but questions: who may use this Service can't write.
local k = import '../kubernetes/main.libsonnet';

// What is asked. GET and POST alike.
local paths = ['/api/v1/query', '/api/v1/query_range'];

local http = 'envoy.filters.network.http_connection_manager';
local type(name) = { '@type': 'type.googleapis.com/' + name };

// Envoy's own configuration, as its reference has it.
local config(this) =
  local mimir = this.cluster.get('mimir');
  local address = std.split(mimir.address('query'), ':');
  // The path that Mimir serves this API under.
  local prefix = '/' + std.splitLimit(mimir.queryURL, '/', 3)[3];
  local endpoint(host, port) = { socket_address: { address: host, port_value: port } };
  local routes = {
    name: 'queries',
    virtual_hosts: [{
      name: 'queries',
      domains: ['*'],
      routes: [
        {
          match: { path: path },
          route: { cluster: 'mimir', prefix_rewrite: prefix + path, timeout: '120s' },
          [if mimir.tenantHeader != null then 'request_headers_to_add']: [{
            header: { key: mimir.tenantHeader.name, value: mimir.tenantHeader.value },
            append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
          }],
        }
        for path in paths
      ] + [{ match: { path: '/ready' }, direct_response: { status: 200 } }],
    }],
  };
  {
    // Any pod may connect; so many at once are enough for those who look.
    overload_manager: { resource_monitors: [{
      name: 'envoy.resource_monitors.global_downstream_max_connections',
      typed_config: type('envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig') {
        max_active_downstream_connections: '200',
      },
    }] },
    static_resources: {
      listeners: [{
        name: 'http',
        address: endpoint('0.0.0.0', this.workload('prometheus').ports.http),
        filter_chains: [{ filters: [{
          name: http,
          typed_config: type('envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager') {
            stat_prefix: 'http',
            route_config: routes,
            http_filters: [{ name: 'envoy.filters.http.router', typed_config: type('envoy.extensions.filters.http.router.v3.Router') }],
          },
        }] }],
      }],
      clusters: [{
        name: 'mimir',
        type: 'STRICT_DNS',
        connect_timeout: '5s',
        load_assignment: {
          cluster_name: 'mimir',
          endpoints: [{ lb_endpoints: [{ endpoint: { address: endpoint(address[0], std.parseInt(address[1])) } }] }],
        },
      }],
    },
  };

function(this) {
  local port = this.workload('prometheus').ports.http,
  local configMap = self.config,

  config: k.configMap(this, this.workloadName('prometheus'), { 'envoy.json': k.toYAML(config(this)) }),

  deployment: k.deployment(this, 'prometheus') {
    spec+: {
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template+: k.configHash([configMap]) + { spec+: {
        securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
        containers: [
          k.container(this, 'prometheus', this.image) {
            command: ['envoy'],
            args: ['-c', '/etc/envoy/envoy.json', '--concurrency', '1', '--disable-hot-restart', '--log-level', 'warning'],
            livenessProbe: k.httpProbe('http', '/ready') { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
            readinessProbe: k.httpProbe('http', '/ready') { periodSeconds: 10 },
            volumeMounts: [{ name: 'config', mountPath: '/etc/envoy', readOnly: true }],
          },
        ],
        volumes: [{ name: 'config', configMap: { name: configMap.metadata.name } }],
      } },
    },
  },

  service: k.service(this, 'prometheus', { http: port }) {
    // How Lens finds it: it takes what Prometheus' Helm chart installs, and then asks for nodes by the label `node`, as our
    // metrics have it. Of the ways in which it looks no other fits. Headlamp looks for the first two of these labels.
    metadata+: { labels+: {
      'app.kubernetes.io/component': 'server',
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/name': 'prometheus',
    } },
  },
}
