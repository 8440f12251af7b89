// Ports, strategies, policies, roles, schedules, selectors and sizes.
import type { Manifest } from '../../scripts/core/types.ts';
import { rbacGroup, object, pod, workload, cronJob, service, configMap, role, binding } from './probe-parts.ts';

export function* portProbes(): Generator<Manifest> {
  for (const port of [-1, 0, 1, 65_535, 65_536]) {
    yield workload(pod({}, { ports: [{ containerPort: port }] }));
    yield workload(pod({}, { ports: [{ containerPort: 80, hostPort: port }] }));
    yield service({ ports: [{ port }] });
    yield service({ ports: [{ port: 80, targetPort: port }] });
  }
  const [a80, a81, b80] = [
    { name: 'a', port: 80 },
    { name: 'a', port: 81 },
    { name: 'b', port: 80 },
  ];
  yield workload(
    pod(
      {},
      {
        ports: [
          { name: 'a', containerPort: 80 },
          { name: 'a', containerPort: 81 },
        ],
      },
    ),
  );
  for (const ports of [
    [],
    null,
    [a80, a81],
    [a80, { port: 81 }],
    [{ port: 80 }, { port: 81 }],
    [a80, b80],
    [a80, { ...b80, protocol: 'UDP' }],
  ])
    yield service({ ports });
  for (const spec of [{}, { clusterIP: 'None' }, { type: 'ExternalName', externalName: 'a.b' }]) yield service(spec);
}

export function* otherProbes(): Generator<Manifest> {
  const update = { maxSurge: 1 };
  for (const strategy of [
    { type: 'Recreate', rollingUpdate: {} },
    { type: 'Recreate', rollingUpdate: null },
    { type: 'Recreate' },
    { type: 'RollingUpdate', rollingUpdate: update },
    { rollingUpdate: update },
  ]) {
    yield workload(pod(), 'Deployment', { strategy });
  }
  for (const spec of [
    { minAvailable: 1, maxUnavailable: 1 },
    { minAvailable: 1 },
    { minAvailable: null, maxUnavailable: '10%' },
  ]) {
    yield object('policy/v1', 'PodDisruptionBudget', { spec: { selector: {}, ...spec } });
  }
  const ipBlock = { cidr: '10.0.0.0/8' };
  for (const peer of [
    {},
    { podSelector: {} },
    { ipBlock },
    { ipBlock, podSelector: {} },
    { podSelector: {}, namespaceSelector: {} },
    { podSelector: null },
  ]) {
    for (const rules of [{ ingress: [{ from: [peer] }] }, { egress: [{ to: [peer] }] }])
      yield object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...rules } });
  }
  const [verbs, apiGroups, resources, nonResourceURLs] = [['get'], [''], ['pods'], ['/x']];
  const rules = [
    {},
    { verbs },
    { verbs, apiGroups },
    { verbs, apiGroups, resources },
    { verbs: [], apiGroups, resources },
    { verbs, nonResourceURLs },
    { verbs, nonResourceURLs, resources },
    { verbs, apiGroups, nonResourceURLs },
    { nonResourceURLs },
    { verbs, apiGroups: null, resources },
  ];
  for (const rule of rules) for (const kind of ['Role', 'ClusterRole']) yield role([rule], kind);
  const account = { kind: 'ServiceAccount', name: 'x' };
  const subjects = [
    account,
    ...[{}, { apiGroup: '' }, { apiGroup: rbacGroup }].map((more) => ({ ...account, namespace: 'y', ...more })),
    { kind: 'User', name: 'x' },
    { kind: 'Group', name: 'x', apiGroup: rbacGroup },
    { kind: 'User', name: 'x', apiGroup: 'example.org' },
  ];
  for (const subject of subjects)
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) yield binding([subject], kind);
  for (const roleRef of [
    { kind: 'Role', name: 'x' },
    { kind: 'ClusterRole', name: 'x' },
    { apiGroup: rbacGroup, kind: 'Role', name: 'x' },
    { apiGroup: '', kind: 'ClusterRole', name: 'x' },
  ]) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) yield binding([], kind, roleRef);
  }
  const schedules = [
    '* * * * *',
    '61 * * * *',
    '@daily',
    '* * * *',
    '0 3 * * 7',
    '0 3 * * sun',
    '1-5/2,7 * ? JAN *',
    '5-1 * * * *',
    '*/0 * * * *',
    '* * 0 * *',
    '* * L * *',
    'TZ=UTC * * * * *',
    '',
    '@every 1h',
    '@every',
    '@fortnightly',
  ];
  for (const schedule of schedules) yield cronJob(schedule);
  for (const timeZone of [
    'Europe/Amsterdam',
    'Europe/Nowhere',
    'UTC',
    'Etc/UTC',
    'Local',
    '',
    '+02:00',
    'US/Pacific',
    'europe/amsterdam',
    'EST5EDT',
    'GMT',
    'CET',
    'Etc/GMT+5',
  ])
    yield cronJob('* * * * *', undefined, { timeZone });
  const expression = (key: string, operator: string, values?: string[]) => ({
    matchExpressions: [{ key, operator, ...(values && { values }) }],
  });
  for (const selector of [
    {},
    { matchLabels: {} },
    { matchLabels: { a: 'c' } },
    { matchLabels: { a: 'b', c: 'd' } },
    expression('a', 'In', ['b']),
    expression('a', 'NotIn', ['b']),
    expression('z', 'DoesNotExist'),
    expression('a', 'Exists'),
  ]) {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) yield workload(pod(), kind, { selector });
  }
  yield configMap({ data: { a: 'x' }, binaryData: { a: 'eA==' } });
  for (const size of [262_143, 262_144]) yield configMap({}, { annotations: { a: 'x'.repeat(size) } });
  for (const size of [1_048_576, 1_048_577]) {
    yield configMap({ data: { a: 'x'.repeat(size) } });
    yield object('v1', 'Secret', { data: { a: Buffer.alloc(size).toString('base64') } });
  }
}
