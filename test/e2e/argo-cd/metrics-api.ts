// Answers for the aggregated API metrics.k8s.io/v1beta1, inside the network of a pod: it is there and knows of nothing.
// Environment: KEY and CERTIFICATE, both PEM in base64.
import { createServer } from 'node:https';

const resources = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [
    { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
  ],
};

const decode = (text = ''): string => Buffer.from(text, 'base64').toString();

createServer({ key: decode(process.env.KEY), cert: decode(process.env.CERTIFICATE) }, ({ url = '' }, answer) => {
  const list = (kind: string) => ({
    kind: `${kind}MetricsList`,
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items: [],
  });
  const found = url.endsWith('/v1beta1') ? resources : url.includes('/nodes') ? list('Node') : list('Pod');
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify(found));
}).listen(10250);
