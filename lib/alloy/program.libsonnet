// The program as both components start it: its configuration from a ConfigMap, its state in one folder.
local k = import '../kubernetes/main.libsonnet';
local syntax = import 'syntax.libsonnet';

{
  // configMap(this, role) -> the files of `config`, `<name>.alloy` each.
  configMap(this, role)::
    local config = this.config;
    local files = [{ name: name, content: config[name] } for name in std.objectFields(config)];
    k.configMap(this, this.workloadName(role), {
      [file.name + '.alloy']: if std.type(file.content) == 'string' then file.content else syntax.print(file.content)
      for file in files
      if file.content != {} && file.content != ''
    }),

  // container(this, role, flags) -> its container; state lies in the volume `data`.
  container(this, role, flags=[]):: k.container(this, role, this.image) {
    args: [
      'run',
      '/etc/alloy',
      '--storage.path=/var/lib/alloy/data',
      '--server.http.listen-addr=0.0.0.0:%d' % this.workload(role).ports.http,
      '--server.http.enable-pprof=false',
      '--server.http.disable-support-bundle=true',
      '--disable-reporting',
    ] + flags,
    // A component of the configuration that can't reach what it needs makes /-/healthy fail, which no restart mends.
    livenessProbe: k.httpProbe('http', '/-/ready') { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: k.httpProbe('http', '/-/ready') { periodSeconds: 10, timeoutSeconds: 5 },
    startupProbe: k.httpProbe('http', '/-/ready') { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 36 },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/alloy', readOnly: true },
      { name: 'data', mountPath: '/var/lib/alloy/data' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  },

  // environment(this, role, more={}) -> its variables.
  environment(this, role, more={}):: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size[role]) } + more),

  // volumes(this, role) -> those that both have; `data` is each one's own.
  volumes(this, role):: [
    { name: 'config', configMap: { name: this.workloadName(role) } },
    k.emptyDir('tmp', '64Mi'),
  ],
}
