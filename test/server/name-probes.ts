// Names of objects, containers, volumes, ports, keys and labels.
import type { Manifest } from '../../scripts/core/types.ts';
import { object, pod, workload, service, configMap, role, binding } from './probe-parts.ts';

const names = [
  '',
  'a',
  'A',
  'a-b',
  'a.b',
  'a_b',
  '1',
  '1a',
  'a-',
  '-a',
  'a--b',
  'é',
  'a b',
  '8080',
  ...[15, 16, 63, 64].map((n) => 'a'.repeat(n)),
];
const paths = ['a/b', 'a%b', '.', '..', 'a:b', 'a b', 'A', '...'];

export function* nameProbes(): Generator<Manifest> {
  for (const name of names) {
    yield workload(pod({}, { name }));
    yield workload(pod({ initContainers: [{ name, image: 'x' }] }));
    yield workload(pod({ volumes: [{ name, emptyDir: {} }] }));
    yield workload(pod({}, { ports: [{ name, containerPort: 80 }] }));
    yield service({ ports: [{ name, port: 80 }] });
    yield service({
      ports: [
        { name, port: 80 },
        { name: 'z', port: 81 },
      ],
    });
    yield service({ ports: [{ port: 80, targetPort: name }] });
    yield configMap({ data: { [name]: 'x' } });
    yield configMap({}, { labels: { x: name } });
    for (const prefix of ['', 'example.org/', 'Example.org/', 'a_b/', '/', 'a/b/']) {
      yield configMap({}, { labels: { [prefix + name]: 'x' } });
      yield configMap({}, { annotations: { [prefix + name]: 'x' } });
    }
    if (name === '') continue;
    yield service({ ports: [{ port: 80 }] }, { name });
    yield workload(pod(), 'Deployment', {}, { name });
    yield workload(pod(), 'StatefulSet', {}, { name });
    yield configMap({}, { name });
    yield object('v1', 'Secret', {}, { name });
    yield object('v1', 'Namespace', {}, { name });
    yield role([], 'Role', { name });
    yield role([], 'ClusterRole', { name });
  }
  for (const name of paths) {
    yield role([], 'ClusterRole', { name });
    yield binding([], 'RoleBinding', undefined, { name });
    yield configMap({ data: { [name]: 'x' } });
    yield configMap({ data: { [`.${name}`]: 'x', [`..${name}`]: 'y' } });
  }
  yield workload(pod({ initContainers: [{ name: 'web', image: 'x' }] }));
  yield workload(
    pod({
      initContainers: [
        { name: 'i', image: 'x' },
        { name: 'i', image: 'x' },
      ],
    }),
  );
}
