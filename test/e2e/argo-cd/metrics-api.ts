// Answers for the aggregated API metrics.k8s.io/v1beta1, inside the network of a pod: it is there and knows of nothing.
import { serve } from './served.ts';

const resources = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: 'metrics.k8s.io/v1beta1',
  resources: [
    { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
  ],
};

serve((url) => {
  const list = (kind: string) => ({
    kind: `${kind}MetricsList`,
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items: [],
  });
  return url.endsWith('/v1beta1') ? resources : url.includes('/nodes') ? list('Node') : list('Pod');
});
