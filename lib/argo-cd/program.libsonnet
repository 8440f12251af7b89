// What the programs of Argo CD share: one image, one user, the parameters, and the files that Git is reached with.
local k = import '../kubernetes/main.libsonnet';

local mount(name, path) = { name: name, mountPath: path };
local file(name, path, configMap) = {
  mount: mount(name, path) { readOnly: true },
  volume: { name: name, configMap: { name: configMap } },
};
local scratch(name, path, size) = { mount: mount(name, path), volume: k.emptyDir(name, size) };

{
  scratch:: scratch,

  // Where the programs expect them (common/common.go).
  knownHosts:: file('known-hosts', '/app/config/ssh', 'argocd-ssh-known-hosts-cm'),
  certificates:: file('certificates', '/app/config/tls', 'argocd-tls-certs-cm'),
  gpgKeys:: file('gpg-keys', '/app/config/gpg/source', 'argocd-gpg-keys-cm'),
  keyring:: scratch('gpg-keyring', '/app/config/gpg/keys', '16Mi'),
  temporary(size):: scratch('tmp', '/tmp', size),
  home:: scratch('home', '/home/argocd', '64Mi'),

  // podSpec(this, role, files, said) -> the spec of a pod that runs /usr/local/bin/argocd-<role>.
  // files: of those above; said: { arguments?, environment?, container? }.
  podSpec(this, role, files, said={}):: {
    local given = { binary: 'argocd-' + role, arguments: [], environment: {}, container: {} } + said,
    securityContext+: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
    containers: [
      k.container(this, role, this.images.argoCD) {
        // Behind the image's entrypoint, which reaps what Git leaves behind.
        args: ['/usr/local/bin/' + given.binary] + given.arguments,
        env: k.env(this.config.environment(role) + given.environment + {
          GOMEMLIMIT: k.goMemoryLimit(this.size[role]),
        }),
        volumeMounts: [f.mount for f in files],
      } + given.container,
    ],
    volumes: [f.volume for f in files],
  },

  // started(this, role) -> metadata of a pod that is restarted when its parameters change: they are read once. Every other
  // setting is read as it changes.
  started(this, role)::
    local parameters = this.resources.config.parameters.data;
    k.configHash([{ data: [parameters[key] for key in this.config.keys(role)] }]),
}
