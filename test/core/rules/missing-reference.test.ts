import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, configMap, deployment, findings, namespace } from './environment.ts';

const check = (manifests: unknown[], failed: string[] = []) =>
  findings('missing-reference', { apps: { web: [namespace('web'), ...manifests] }, failed });
const meta = (name: string) => ({ name, namespace: 'web' });
const rbac = 'rbac.authorization.k8s.io/v1';

test('names that point at nothing, each with what breaks', () => {
  const pod = deployment({
    serviceAccountName: 'web',
    priorityClassName: 'important',
    containers: [
      {
        name: 'web',
        image: 'example/web:1',
        envFrom: [{ configMapRef: { name: 'env' } }],
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'one', key: 'a' } } }],
      },
    ],
    volumes: [
      { name: 'a', configMap: { name: 'files' } },
      { name: 'b', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'c', projected: { sources: [{ configMap: { name: 'projected' } }] } },
    ],
  });
  const found = check([pod]);
  assert.ok(found.every(({ severity }) => severity === 'warning'));
  assert.deepEqual(
    brief(found).map(([, , pointer, message]) => [pointer, /the (\w+ "[^"]+")/.exec(message!)?.[1]]),
    [
      ['/spec/template/spec/serviceAccountName', 'ServiceAccount "web"'],
      ['/spec/template/spec/priorityClassName', 'PriorityClass "important"'],
      ['/spec/template/spec/volumes/0/configMap/name', 'ConfigMap "files"'],
      ['/spec/template/spec/volumes/1/persistentVolumeClaim/claimName', 'PersistentVolumeClaim "data"'],
      ['/spec/template/spec/volumes/2/projected/sources/0/configMap/name', 'ConfigMap "projected"'],
      ['/spec/template/spec/containers/0/envFrom/0/configMapRef/name', 'ConfigMap "env"'],
      ['/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/name', 'ConfigMap "one"'],
    ],
  );
  assert.match(found[0]!.message, /in the namespace "web"; without it no pod is created/);
});

test('what is rendered, optional, or comes with every cluster is there', () => {
  const pod = deployment({
    serviceAccountName: 'default',
    priorityClassName: 'system-cluster-critical',
    volumes: [
      { name: 'a', configMap: { name: 'files' } },
      { name: 'b', configMap: { name: 'perhaps', optional: true } },
      { name: 'c', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
    ],
  });
  const binding = (roleRef: unknown) => ({
    apiVersion: rbac,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'web' },
    roleRef,
    subjects: [
      { kind: 'ServiceAccount', name: 'default', namespace: 'web' },
      { kind: 'Group', name: 'x', apiGroup: 'rbac.authorization.k8s.io' },
    ],
  });
  const role = (name: string) => binding({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name });
  assert.deepEqual(
    brief(
      check([pod, configMap('files'), role('system:auth-delegator'), { ...role('view'), metadata: { name: 'v' } }]),
    ),
    [],
  );
});

test('a binding to a role or an account that is not there', () => {
  const binding = {
    apiVersion: rbac,
    kind: 'RoleBinding',
    metadata: meta('web'),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'raeder' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'web' }],
  };
  const role = { apiVersion: rbac, kind: 'Role', metadata: meta('reader'), rules: [] };
  const found = check([binding, role]);
  assert.deepEqual(
    brief(found).map(([, , pointer]) => pointer),
    ['/roleRef/name', '/subjects/0/name'],
  );
  assert.equal(found[0]?.hint, 'did you mean "reader"?');
});

test('a named targetPort that no selected container has; pods of operators are unknown', () => {
  const service = (selector: Record<string, string>, targetPort: unknown) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('web'),
    spec: { selector, ports: [{ port: 80, targetPort }] },
  });
  const pod = deployment({
    containers: [{ name: 'web', image: 'example/web:1', ports: [{ name: 'http', containerPort: 8080 }] }],
  });
  const found = check([pod, service({ app: 'web' }, 'htpp')]);
  assert.deepEqual(brief(found), [
    ['web', 'web', '/spec/ports/0/targetPort', 'no container of the selected pods has a port named "htpp"'],
  ]);
  assert.equal(found[0]?.hint, 'did you mean "http"?');
  assert.deepEqual(check([pod, service({ app: 'web' }, 'http')]), []);
  assert.deepEqual(check([pod, service({ app: 'web' }, 8081)]), []);
  assert.deepEqual(check([pod, service({ app: 'made-by-an-operator' }, 'x')]), []);
});

test("workloads behind an autoscaler, a StatefulSet's Service and an Ingress's backends", () => {
  const hpa = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: meta('web'),
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'wbe' } },
  };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('web'),
    spec: {
      defaultBackend: { service: { name: 'fallback', port: { number: 80 } } },
      rules: [
        {
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
          },
        },
      ],
    },
  };
  assert.deepEqual(
    brief(check([hpa, ingress])).map(([, , pointer]) => pointer),
    [
      '/spec/scaleTargetRef/name',
      '/spec/defaultBackend/service/name',
      '/spec/rules/0/http/paths/0/backend/service/name',
    ],
  );
});

test('nothing is said while an app could not be rendered', () => {
  assert.deepEqual(check([deployment({ serviceAccountName: 'web' })], ['other']), []);
});
