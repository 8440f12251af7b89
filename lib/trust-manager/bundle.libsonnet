// Bundles for other components: `cluster.get('trust-manager').bundle(…)` goes into their own `resources`. Their `clusterKinds` have
// { group: 'trust.cert-manager.io', kind: 'Bundle' }.
local k = import '../kubernetes/main.libsonnet';

{
  // bundle(component, name, secrets, key) -> a Bundle that writes the certificates (`tls.crt`) of these Secrets of the trust
  // namespace into the ConfigMap `name` of the component's namespace, under `key`. Where one of the Secrets is missing, the
  // ConfigMap stays as it was.
  bundle(component, name, secrets, key):: k.clusterObject(component, 'trust.cert-manager.io/v1alpha1', 'Bundle', name) {
    spec: {
      sources: [{ secret: { name: secret, key: 'tls.crt' } } for secret in secrets],
      target: {
        configMap: { key: key },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': component.namespace } },
      },
    },
  },
}
