// What the validation of the API server refuses and its schemas don't. `npm run e2e` puts variants of our own manifests
// before a real server; each of these findings is one that it refuses as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, findings } from './environment.ts';

/** Pointers of a rule's findings about one manifest. */
const pointers = (rule: string, manifest: object): (string | undefined)[] =>
  findings(rule, { apps: { web: [manifest] } }).map(({ pointer }) => pointer);

const object = (apiVersion: string, kind: string, fields: object, name = 'web', isNamespaced = true) => ({
  apiVersion,
  kind,
  metadata: { name, ...(isNamespaced && { namespace: 'web' }) },
  ...fields,
});
const container = (fields: object) => deployment({ containers: [{ name: 'web', image: 'example/web:1', ...fields }] });

test('number-range: numbers of workloads, probes, identities and spreads', () => {
  const many = deployment();
  Object.assign(many.spec, { replicas: -1, minReadySeconds: -1 });
  assert.deepEqual(pointers('number-range', many), ['/spec/replicas', '/spec/minReadySeconds']);
  const at = '/spec/template/spec/containers/0';
  const probed = container({ livenessProbe: { httpGet: { port: 80 }, periodSeconds: -5, timeoutSeconds: 0 } });
  assert.deepEqual(pointers('number-range', probed), [`${at}/livenessProbe/periodSeconds`]);
  assert.deepEqual(pointers('number-range', container({ securityContext: { runAsUser: 2 ** 31 } })), [
    `${at}/securityContext/runAsUser`,
  ]);
  assert.deepEqual(
    pointers('number-range', container({ securityContext: { runAsUser: 2 ** 31 - 1, runAsGroup: 0 } })),
    [],
  );
  const spread = { maxSkew: 0, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' };
  assert.deepEqual(pointers('number-range', deployment({ topologySpreadConstraints: [spread] })), [
    '/spec/template/spec/topologySpreadConstraints/0/maxSkew',
  ]);
});

test('number-range: numbers that depend on each other', () => {
  const rolling = (maxSurge: unknown, maxUnavailable: unknown) => {
    const one = deployment();
    Object.assign(one.spec, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } });
    return pointers('number-range', one).length;
  };
  assert.deepEqual([rolling(0, 0), rolling('0%', 0), rolling(0, undefined), rolling('10%', 0)], [1, 1, 0, 0]);
  const policy = (port: unknown, endPort: number) =>
    pointers(
      'number-range',
      object('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: {}, egress: [{ ports: [{ port, endPort }] }] },
      }),
    );
  assert.deepEqual(policy(90, 80), ['/spec/egress/0/ports/0/endPort']);
  assert.deepEqual(policy(80, 80), []);
  const scaler = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 3, maxReplicas: 2 };
  assert.deepEqual(pointers('number-range', object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: scaler })), [
    '/spec/maxReplicas',
  ]);
  const priority = (value: number, name: string) =>
    pointers('number-range', object('scheduling.k8s.io/v1', 'PriorityClass', { value }, name, false));
  assert.deepEqual(
    [priority(1e9 + 1, 'web'), priority(1e9, 'web'), priority(2e9, 'system-node-critical')],
    [['/value'], [], []],
  );
});

test('required-value: containers, images and profiles of the node', () => {
  assert.deepEqual(pointers('required-value', deployment({ containers: [] })), ['/spec/template/spec/containers']);
  assert.deepEqual(pointers('required-value', deployment({ initContainers: [{ name: 'init' }] })), [
    '/spec/template/spec/initContainers/0/image',
  ]);
  const profile = (seccompProfile: object) =>
    pointers('required-value', deployment({ securityContext: { seccompProfile } }));
  const place = '/spec/template/spec/securityContext/seccompProfile/localhostProfile';
  assert.deepEqual(profile({ type: 'Localhost' }), [place]);
  assert.deepEqual(profile({ type: 'RuntimeDefault', localhostProfile: 'a.json' }), [place]);
  assert.deepEqual(profile({ type: 'Localhost', localhostProfile: 'a.json' }), []);
});

test('address-syntax: addresses and networks', () => {
  const service = (spec: object) =>
    pointers('address-syntax', object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }));
  assert.deepEqual(service({ clusterIP: 'anything' }), ['/spec/clusterIP']);
  for (const clusterIP of ['None', '', '10.0.0.1', 'fd00::1']) assert.deepEqual(service({ clusterIP }), []);
  assert.deepEqual(service({ externalIPs: ['10.0.0.1', '10.0.0.256'] }), ['/spec/externalIPs/1']);
  const policy = (ipBlock: object) =>
    pointers(
      'address-syntax',
      object('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: {}, ingress: [{ from: [{ ipBlock }] }] },
      }),
    );
  for (const cidr of ['10.0.0.0/33', '10.0.0.0', '10.0.0.0/', 'fd00::/129', '10.0.0/8'])
    assert.equal(policy({ cidr }).length, 1, cidr);
  for (const cidr of ['10.0.0.0/8', '0.0.0.0/0', 'fd00::/8', '::/0']) assert.equal(policy({ cidr }).length, 0, cidr);
  assert.deepEqual(policy({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16', 'x'] }), [
    '/spec/ingress/0/from/0/ipBlock/except/1',
  ]);
});

test('extension-point: webhooks, versions, aggregated APIs and controllers', () => {
  const webhook = {
    name: 'web.example.org',
    clientConfig: { url: 'https://web.example.org' },
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  };
  const hooks = (fields: object) =>
    pointers(
      'extension-point',
      object(
        'admissionregistration.k8s.io/v1',
        'ValidatingWebhookConfiguration',
        { webhooks: [{ ...webhook, ...fields }] },
        'web',
        false,
      ),
    );
  assert.deepEqual(hooks({}), []);
  assert.deepEqual(hooks({ name: 'web.example' }), ['/webhooks/0/name']);
  assert.deepEqual(hooks({ admissionReviewVersions: ['v2'] }), ['/webhooks/0/admissionReviewVersions']);
  assert.deepEqual(hooks({ timeoutSeconds: 31 }), ['/webhooks/0/timeoutSeconds']);
  const version = (name: string, storage: boolean) => ({
    name,
    served: true,
    storage,
    schema: { openAPIV3Schema: { type: 'object' } },
  });
  const crd = (...versions: object[]) => crdOf('Namespaced', versions);
  const crdOf = (scope: string, versions: object[]) => {
    const spec = { group: 'example.org', scope, names: { plural: 'webs', kind: 'Web' }, versions };
    return pointers(
      'extension-point',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec }, 'webs.example.org', false),
    ).length;
  };
  assert.deepEqual(
    [crd(version('v1', true)), crd(version('v1', false)), crd(version('v1', true), version('v1', false))],
    [0, 1, 1],
  );
  assert.equal(crdOf('World', [version('v1', true)]), 1);
  const api = { group: 'example.org', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1 };
  const named = (name: string) =>
    pointers('extension-point', object('apiregistration.k8s.io/v1', 'APIService', { spec: api }, name, false));
  assert.deepEqual([named('v1.example.org'), named('v2.example.org')], [[], ['/metadata/name']]);
  const controller = (text: string) =>
    pointers(
      'extension-point',
      object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: text } }, 'web', false),
    ).length;
  assert.deepEqual(
    ['example.org/ingress', 'example.org/a/b', 'plain', 'example.org/', '/a'].map(controller),
    [0, 0, 1, 1, 1],
  );
});

test('exclusive-fields, rbac and container-resources: what the server asks besides', () => {
  assert.deepEqual(
    pointers('exclusive-fields', deployment({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] })),
    ['/spec/template/spec/tolerations/0/value'],
  );
  assert.deepEqual(
    pointers('exclusive-fields', container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } })),
    ['/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation'],
  );
  const service = (spec: object) =>
    pointers(
      'exclusive-fields',
      object('v1', 'Service', { spec: { ports: [{ port: 80 }], externalTrafficPolicy: 'Local', ...spec } }),
    );
  assert.deepEqual(
    [service({}), service({ type: 'NodePort' }), service({ externalIPs: ['10.0.0.1'] })],
    [['/spec/externalTrafficPolicy'], [], []],
  );
  const group = 'rbac.authorization.k8s.io';
  const binding = (kind: string, subjectKind: string) =>
    pointers(
      'rbac',
      object(`${group}/v1`, 'RoleBinding', {
        roleRef: { apiGroup: group, kind, name: 'a' },
        subjects: [{ kind: subjectKind, name: 'a' }],
      }),
    );
  assert.deepEqual(binding('Permission', 'Robot'), ['/roleRef/kind', '/subjects/0/kind']);
  assert.deepEqual(binding('Role', 'User'), []);
  assert.deepEqual(
    pointers('container-resources', container({ resources: { requests: { cpu: '-1' }, limits: { memory: '-1Gi' } } })),
    [
      '/spec/template/spec/containers/0/resources/requests/cpu',
      '/spec/template/spec/containers/0/resources/limits/memory',
    ],
  );
});
