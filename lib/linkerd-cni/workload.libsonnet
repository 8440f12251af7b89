// On every node one program that installs the plugin and watches over it, and one that deletes pods which started without it:
// their validator fails, and a new pod gets its network anew.
local k = import '../kubernetes/main.libsonnet';

local strings(ports) = [std.toString(port) for port in ports];

function(this)
  local linkerd = this.cluster.get('linkerd');
  local ports = linkerd.proxyPorts;

  // The installer fills in where it has put the kubeconfig.
  local config = {
    name: 'linkerd-cni',
    type: 'linkerd-cni',
    log_level: this.logLevel,
    kubernetes: { kubeconfig: '__KUBECONFIG_FILEPATH__' },
    linkerd: {
      'incoming-proxy-port': ports.inbound,
      'outgoing-proxy-port': ports.outbound,
      'proxy-uid': linkerd.proxyUser,
      'ports-to-redirect': [],
      'inbound-ports-to-ignore': strings([ports.admin, ports.control] + linkerd.skipInboundPorts),
      'outbound-ports-to-ignore': strings(linkerd.skipOutboundPorts),
      simulate: false,
      'use-wait-flag': false,
      'iptables-mode': 'nft',
      ipv6: linkerd.ipv6,
    },
  };

  local folder(name, path) = {
    mount: { name: name, mountPath: '/host' + path },
    volume: { name: name, hostPath: { path: path } },
  };
  local folders = [folder('cni-bin-dir', this.binDir), folder('cni-net-dir', this.configDir)];

  {
    daemonSet: k.daemonSet(this, 'installer') {
      local labels = { metadata+: { labels+: { 'linkerd.io/cni-resource': 'true' } } },
      metadata+: labels.metadata,
      spec+: {
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        template+: labels {
          metadata+: { annotations+: { 'linkerd.io/inject': 'disabled' } },
          spec+: {
            // Also on nodes that are not ready: without it they would not become ready for meshed pods.
            tolerations: [{ operator: 'Exists' }],
            containers: [
              k.sidecar(this, 'install-cni', this.image) {
                env: k.env({
                  CNI_NETWORK_CONFIG: std.manifestJsonEx(config, '  '),
                  DEST_CNI_BIN_DIR: this.binDir,
                  DEST_CNI_NET_DIR: this.configDir,
                  SLEEP: 'true',
                }),
                // Its script takes the plugin away again.
                lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'kill -15 1; sleep 15s'] } } },
                resources: k.resources(this.size.installer),
                // The folders are root's.
                securityContext+: { runAsNonRoot: false, runAsUser: 0 },
                volumeMounts: [one.mount for one in folders] + [{ name: 'tmp', mountPath: '/tmp' }],
              },
              k.container(this, 'installer', this.image) {
                name: 'repair-controller',
                command: ['/usr/lib/linkerd/linkerd-cni-repair-controller'],
                args: ['--admin-addr', '0.0.0.0:9990', '--log-format', 'json', '--log-level', this.logLevel],
                env: k.env({
                  LINKERD_CNI_REPAIR_CONTROLLER_NODE_NAME: { field: 'spec.nodeName' },
                  LINKERD_CNI_REPAIR_CONTROLLER_POD_NAME: { field: 'metadata.name' },
                }),
                livenessProbe: k.httpProbe('repair-admin', '/live'),
                readinessProbe: k.httpProbe('repair-admin', '/ready') { failureThreshold: 7, initialDelaySeconds: 10 },
                securityContext+: { runAsUser: 65534 },
              },
            ],
            volumes: [one.volume for one in folders] + [k.emptyDir('tmp', '16Mi')],
          },
        },
      },
    },
  }
