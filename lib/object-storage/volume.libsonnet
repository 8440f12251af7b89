// Where the server's files lie. A folder of the node comes as a PersistentVolume of the type `local`: pods may claim one under
// Pod Security "restricted", which forbids them to name a folder themselves, and the kubelet gives it to the pod's group.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local hostPath = this.server.hostPath,
  local volumeName = '%s-%s' % [this.cluster.name, this.name],

  // The files stay, whatever goes.
  claim: k.object(this, 'v1', 'PersistentVolumeClaim', this.name, 'server') {
    metadata+: { annotations+: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: this.server.size } },
      volumeMode: 'Filesystem',
    } + (
      if hostPath != null then { storageClassName: '', volumeName: volumeName }
      else if this.cluster.storageClass != null then { storageClassName: this.cluster.storageClass }
      else {}
    ),
  },

  [if this.server.hostPath != null then 'volume']: k.clusterObject(this, 'v1', 'PersistentVolume', volumeName, 'server') {
    metadata+: { annotations+: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: this.server.size },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: this.name, namespace: this.namespace },
      'local': { path: hostPath },
      // A `local` volume must say where it is. Any node will do: there is one.
      nodeAffinity: { required: { nodeSelectorTerms: [{
        matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }],
      }] } },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      volumeMode: 'Filesystem',
    },
  },
}
