// The repository as a volume that can only be read. Pods under Pod Security "restricted" may not name a folder of the node
// themselves, but may claim one.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local volumeName = '%s-%s' % [this.cluster.name, this.name],
  // It must be there, and means nothing: nothing is written.
  local size = '1Gi',

  claim: k.object(this, 'v1', 'PersistentVolumeClaim', this.name, 'server') {
    spec: {
      accessModes: ['ReadOnlyMany'],
      resources: { requests: { storage: size } },
      storageClassName: '',
      volumeMode: 'Filesystem',
      volumeName: volumeName,
    },
  },

  volume: k.clusterObject(this, 'v1', 'PersistentVolume', volumeName, 'server') {
    spec: {
      accessModes: ['ReadOnlyMany'],
      capacity: { storage: size },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: this.name, namespace: this.namespace },
      'local': { path: this.hostPath },
      // A `local` volume must say where it is. Any node will do: each has the folder of the machine.
      nodeAffinity: { required: { nodeSelectorTerms: [{
        matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }],
      }] } },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '',
      volumeMode: 'Filesystem',
    },
  },
}
