// What pods are made of.
import type { Manifest } from '../../scripts/core/types.ts';
import { pod, workload, job, cronJob } from './probe-parts.ts';

const policies = [undefined, null, 'Always', 'Never', 'OnFailure'];

export function* podProbes(): Generator<Manifest> {
  for (const restartPolicy of policies) {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) yield workload(pod({ restartPolicy }), kind);
    yield job(pod({ restartPolicy }));
    yield cronJob('* * * * *', pod({ restartPolicy }));
  }
  const get = { httpGet: { port: 80 } };
  const handlers = [
    null,
    {},
    { exec: { command: ['x'] } },
    get,
    { ...get, tcpSocket: { port: 80 } },
    { exec: null },
    { grpc: { port: 1 } },
  ];
  const thresholds = [0, 1, 2].map((successThreshold) => ({ ...get, successThreshold }));
  const targets = [
    { httpGet: { port: 'http' } },
    { tcpSocket: { port: 'a_b' } },
    { tcpSocket: { port: 0 } },
    { httpGet: { port: 65_536 } },
  ];
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    for (const probe of [...handlers, ...thresholds, ...targets]) {
      yield workload(pod({}, { [kind]: probe }));
      yield workload(pod({ initContainers: [{ name: 'i', image: 'x', [kind]: probe }] }));
      yield workload(pod({ initContainers: [{ name: 'i', image: 'x', restartPolicy: 'Always', [kind]: probe }] }));
    }
  }
  for (const source of [
    {},
    { emptyDir: {}, configMap: { name: 'x' } },
    { emptyDir: null, configMap: { name: 'x' } },
    { emptyDir: {} },
    { emptyDir: null },
  ]) {
    yield workload(pod({ volumes: [{ name: 'v', ...source }] }));
  }
  const field = { fieldRef: { fieldPath: 'metadata.name' } };
  const from = [
    { valueFrom: {} },
    { valueFrom: null },
    { value: 'x', valueFrom: field },
    { value: '', valueFrom: field },
    { value: 'x', valueFrom: {} },
  ];
  for (const variable of [...from, { valueFrom: { ...field, configMapKeyRef: { name: 'a', key: 'b' } } }]) {
    yield workload(pod({}, { env: [{ name: 'E', ...variable }] }));
  }
  const mount = (name: string, mountPath: string) => ({ name, mountPath });
  for (const volumeMounts of [
    [mount('v', '/a')],
    [mount('w', '/a')],
    [mount('v', '/a'), mount('v', '/a')],
    [mount('v', '/a'), mount('v', '/b')],
  ]) {
    yield workload(pod({ volumes: [{ name: 'v', emptyDir: {} }] }, { volumeMounts }));
  }
  const pairs = [
    ['1', '1'],
    ['1', '1000m'],
    ['1001m', '1'],
    ['1Gi', '1073741824'],
    ['1Gi', '1G'],
    ['0.1', '100m'],
    ['100m', '0.1'],
    [1, '1'],
    [2, 1],
    ['1e3', '1k'],
    ['1E', '1000P'],
    ['0.3', '300m'],
    ['1.1', '1100m'],
  ];
  for (const [request, limit] of pairs) {
    for (const name of ['cpu', 'memory'])
      yield workload(pod({}, { resources: { requests: { [name]: request }, limits: { [name]: limit } } }));
  }
  for (const name of [
    'cpu',
    'memory',
    'memroy',
    'ephemeral-storage',
    'hugepages-2Mi',
    'example.org/gpu',
    'storage',
    'pods',
    'nvidia.com/gpu',
  ]) {
    yield workload(pod({}, { resources: { limits: { [name]: '2Mi', cpu: '1' } } }));
    yield workload(pod({}, { resources: { requests: { [name]: '2Mi' }, limits: { [name]: '2Mi', cpu: 1 } } }));
  }
}
