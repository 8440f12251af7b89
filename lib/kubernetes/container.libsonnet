// Containers: hardened, with requests and a memory limit, from images that the cluster's registry mirrors may replace.

// 'quay.io/jetstack/x' with mirrors { 'quay.io': 'registry.example.org/quay' } -> 'registry.example.org/quay/jetstack/x'.
// Images without a registry are Docker Hub's, whose canonical name is docker.io/library/<name> or docker.io/<owner>/<name>.
local mirrored(image, mirrors) =
  local parts = std.splitLimit(image, '/', 1);
  local first = parts[0];
  local isRegistry = std.length(parts) == 2
                     && (first == 'localhost' || std.length(std.findSubstr('.', first)) > 0 || std.length(std.findSubstr(':', first)) > 0);
  local registry = if isRegistry then first else 'docker.io';
  local path = if isRegistry then parts[1] else if std.length(parts) == 1 then 'library/' + image else image;
  if std.objectHas(mirrors, registry) then mirrors[registry] + '/' + path else image;

{
  // image(this, { image, tag, digest? }) -> the reference to pull. An entry of lib/versions.json fits.
  image(this, version)::
    mirrored(version.image, this.cluster.registry.mirrors)
    + ':' + version.tag
    + (if std.objectHas(version, 'digest') then '@' + version.digest else ''),

  // resources({ cpu, memory, memoryLimit? }) -> requests and limits. CPU has no limit: throttling harms more than sharing.
  // Without memoryLimit the limit is the request: what is not asked for may be taken away at any time.
  resources(size):: {
    requests: { cpu: size.cpu, memory: size.memory, 'ephemeral-storage': '10Mi' },
    limits: { memory: if std.objectHas(size, 'memoryLimit') then size.memoryLimit else size.memory, 'ephemeral-storage': '1Gi' },
  },

  // goMemoryLimit(size) -> the value of GOMEMLIMIT for a program in Go: nine tenths of its memory limit, so that it collects
  // its garbage harder before it is killed.
  goMemoryLimit(size):: '%dMiB' % std.floor($.quantity.bytes($.resources(size).limits.memory) * 0.9 / 1048576),

  // ports(this, role) -> the container's ports from the component's declaration of its workloads.
  ports(this, role):: [
    { name: name, containerPort: this.workload(role).ports[name], protocol: this.portProtocol(role, name) }
    for name in std.objectFields(this.workload(role).ports)
  ],

  hardened:: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  },

  // container(this, role, version) -> the main container of a workload: ports and resources as the component declares them.
  container(this, role, version):: $.sidecar(this, role, version) {
    resources: $.resources(this.size[role]),
    [if std.length(this.workload(role).ports) > 0 then 'ports']: $.ports(this, role),
  },

  // sidecar(this, name, version) -> any further container, or an init container; it sets its own `resources`.
  sidecar(this, name, version):: {
    name: name,
    image: $.image(this, version),
    imagePullPolicy: 'IfNotPresent',
    resources: error '%s: container %s: set resources' % [this.name, name],
    securityContext: $.hardened,
    // The last lines of the log reach the pod's status: the first thing one looks at.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  },

  // env({ NAME: value }) -> a sorted env list; a value is a string, or { secret, key, optional? }, { configMap, key, optional? }, { field: 'metadata.name' }.
  env(variables):: [
    local value = variables[name];
    local optional = if std.type(value) == 'object' && std.objectHas(value, 'optional') then { optional: value.optional } else {};
    { name: name } + (
      if std.type(value) == 'string' then { value: value }
      else if std.objectHas(value, 'secret') then { valueFrom: { secretKeyRef: { name: value.secret, key: value.key } + optional } }
      else if std.objectHas(value, 'configMap') then { valueFrom: { configMapKeyRef: { name: value.configMap, key: value.key } + optional } }
      else { valueFrom: { fieldRef: { fieldPath: value.field } } }
    )
    for name in std.objectFields(variables)
  ],

  // httpProbe(port, path) -> a probe; port: the port's name.
  httpProbe(port, path, scheme='HTTP'):: { httpGet: { port: port, path: path, scheme: scheme } },
}
