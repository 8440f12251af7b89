// metrics-server: the API metrics.k8s.io, which `kubectl top`, Lens and the HorizontalPodAutoscaler ask.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

component {
  local this = self,

  name: 'metrics-server',
  image:: (import '../versions.json')['metrics-server'],

  '#resolution':: doc.setting('go-duration', 'How often the kubelets are asked; not below 12s.'),
  resolution: '15s',

  '#insecureKubelets':: doc.setting('boolean', "Accept kubelet certificates that the cluster's CA did not sign, as on kind."),
  insecureKubelets: false,

  // Upstream asks for 100m and 200Mi, which serves 100 nodes.
  size: {
    server: if this.highlyAvailable then { cpu: '100m', memory: '200Mi' } else { cpu: '20m', memory: '64Mi', memoryLimit: '128Mi' },
  },

  // wiring
  workloads:: { server: { name: this.name, ports: { https: 10250 }, apiAccess: true } },
  mesh:: { outside: 'The API server calls it, which has no proxy; it calls kubelets, which have none either.' },
  calls:: [
    { from: 'server', to: 'kubelet' },
    { from: 'api-server', to: 'server', port: 'https' },
  ],
  scrape:: [{ workload: 'server', port: 'https', scheme: 'https' }],
  after:: ['cert-manager'],
  // It waits ten seconds for a kubelet, and refuses to start where that is more than nine tenths of the resolution.
  problems:: if k.quantity.seconds(this.resolution) >= 12 then []
  else ['resolution: %s is below 12s: a kubelet may take 10s to answer' % this.resolution],

  // With cert-manager in the cluster the API server verifies the certificate; without, it can't.
  certificate:: if this.cluster.has('cert-manager')
  then this.cluster.get('cert-manager').selfSigned(this, this.name + '-tls', this.serviceNames('server')),
  // cainjector writes the CA into the registration of the API.
  ignoreDifferences:: if this.certificate == null then [] else [
    { group: 'apiregistration.k8s.io', kind: 'APIService', jsonPointers: ['/spec/caBundle'] },
  ],
  clusterKinds:: [
    { group: 'apiregistration.k8s.io', kind: 'APIService' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  // The Role extension-apiserver-authentication-reader lives there.
  otherNamespaces:: ['kube-system'],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
    [if this.certificate != null then 'certificate']: this.certificate,
  },
}
