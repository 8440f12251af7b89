// Volumes that outlive their pods.
{
  // volumeClaim(this, name, size) -> an element of a StatefulSet's volumeClaimTemplates, of the cluster's StorageClass. What the
  // API server would fill in is said, or Argo CD would see a difference for ever.
  volumeClaim(this, name, size):: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      [if this.cluster.storageClass != null then 'storageClassName']: this.cluster.storageClass,
      volumeMode: 'Filesystem',
    },
  },

  // keepVolumes -> spec of a StatefulSet whose volumes stay when it, or one of its pods, goes.
  keepVolumes:: { spec+: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } } },
}
