// A Git server in the cluster that serves the repository of the machine: for a cluster on one's own machine, in which nothing
// is to be pushed anywhere before it can be tried. See README.md.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'git-server',
  // It has Git, and every node of the cluster has it already.
  image:: versions['argo-cd'],
  enabled: false,

  '#hostPath':: doc.setting('string', 'Folder of the node with the repository itself, which in a working copy is `.git`; on kind it is mounted from the machine.'),
  hostPath: '/mnt/repository.git',

  // One reader of files, and as many of those as are asked for at once: Argo CD fetches one at a time.
  replicas: { server: 1 },
  size: { server: { cpu: '5m', memory: '32Mi', memoryLimit: '256Mi' } },

  // ---- wiring ----

  workloads:: { server: { name: this.name, ports: { git: 9418 }, dns: false } },
  mesh:: { outside: 'Argo CD reads from it before there is a mesh.' },
  entries:: { git: { workload: 'server', port: 'git' } },
  clusterKinds:: [{ group: '', kind: 'PersistentVolume' }],

  local url = 'git://%s/repository.git' % this.serviceHost('server'),
  problems::
    (if std.startsWith(this.hostPath, '/') then [] else ['hostPath: "%s" must begin with /' % this.hostPath])
    + (if this.cluster.gitops.repoURL == url then [] else ['enabled: nobody reads from it; set gitops.repoURL of the cluster to %s, or turn it off' % url]),

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    volume: (import 'volume.libsonnet')(this),
  },
}
