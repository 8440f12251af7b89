// Constructors of Kubernetes objects. They return plain objects, to be completed as the Kubernetes docs write them:
//
//   k.deployment(this, 'webhook') { spec+: { replicas: 2 } }
//
// and make the safe thing the short thing: see README.md for what each sets by itself.
//
// `this` is always the component: it gives names, namespace, labels, images and the profile.
(import 'access.libsonnet')
+ (import 'config.libsonnet')
+ (import 'container.libsonnet')
+ (import 'object.libsonnet')
+ (import 'service.libsonnet')
+ (import 'volume.libsonnet')
+ (import 'workload.libsonnet')
+ {
  memcached:: import 'memcached.libsonnet',
  quantity:: import 'quantity.libsonnet',
}
