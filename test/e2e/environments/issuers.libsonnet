// The issuers of the public authorities, by others that need nobody: nothing in the rig can prove to Let's Encrypt that a
// host is ours. Their names stay, and so does every Certificate.
local cluster = import 'cluster/main.libsonnet';

{
  components+: {
    'cert-manager'+: {
      local public = cluster.components['cert-manager'].acme.servers,
      acme+: { enabled: false },
      selfSignedCA+: { enabled: false },
      issuers: { [name]: { selfSigned: {} } for name in std.objectFields(public) },
    },
  },
}
