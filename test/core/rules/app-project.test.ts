import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, brief, configMap, findings, namespace } from './environment.ts';

const everything = {
  sourceRepos: ['https://git.example.org/infra'],
  destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'web' }],
  clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
};

function check(spec: Record<string, unknown>, manifests: unknown[] = [configMap('a'), namespace('web')]) {
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'web', namespace: 'argocd' },
    spec,
  };
  return brief(
    findings('app-project', { apps: { applications: [project, application({ project: 'web' })], web: manifests } }),
  );
}

test('what the lists permit passes; URLs of one repository are one', () => {
  assert.deepEqual(check(everything), []);
  assert.deepEqual(
    check({
      ...everything,
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: 'w*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    }),
    [],
  );
});

test('a repository that is not listed, or denied', () => {
  assert.match(
    check({ ...everything, sourceRepos: ['https://git.example.org/*/x'] })[0]![3]!,
    /does not permit the repository/,
  );
  assert.match(
    check({ ...everything, sourceRepos: ['*', '!https://git.example.org/infra.git'] })[0]![3]!,
    /does not permit the repository/,
  );
});

test('a namespace that is no destination, or denied', () => {
  const message = 'the AppProject "web" does not permit the namespace "web"';
  assert.deepEqual(
    check({ ...everything, destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'other' }] }),
    [['web', 'a', '/metadata/namespace', message]],
  );
  assert.deepEqual(
    check({
      ...everything,
      destinations: [
        { server: '*', namespace: '*' },
        { server: '*', namespace: '!web' },
      ],
    }),
    [['web', 'a', '/metadata/namespace', message]],
  );
});

test('kinds: cluster-scoped ones must be listed, namespaced ones may be denied', () => {
  assert.deepEqual(check({ ...everything, clusterResourceWhitelist: [] }), [
    ['web', 'web', undefined, 'the AppProject "web" does not permit Namespace'],
  ]);
  assert.deepEqual(check({ ...everything, namespaceResourceBlacklist: [{ group: '', kind: 'ConfigMap' }] }), [
    ['web', 'a', undefined, 'the AppProject "web" does not permit ConfigMap'],
  ]);
  assert.deepEqual(check({ ...everything, namespaceResourceWhitelist: [{ group: 'apps', kind: '*' }] }).length, 1);
  assert.deepEqual(
    check({ ...everything, clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'team-*' }] }).length,
    1,
  );
});

test('a project that nothing creates', () => {
  const found = findings('app-project', { apps: { web: [application({ project: 'wbe' })] } });
  assert.deepEqual(brief(found), [
    ['web', 'web', '/spec/project', 'nothing in the environment creates the AppProject "wbe"'],
  ]);
});
