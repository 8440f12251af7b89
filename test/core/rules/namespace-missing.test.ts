import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, brief, configMap, findings, namespace } from './environment.ts';

test('a namespace that some app creates, or that every cluster has, is there', () => {
  assert.deepEqual(
    findings('namespace-missing', {
      apps: { cluster: [namespace('web')], web: [configMap('a'), configMap('b', 'kube-system')] },
    }),
    [],
  );
});

test('a namespace that nothing creates gets the nearest name', () => {
  const found = findings('namespace-missing', { apps: { cluster: [namespace('web')], web: [configMap('a', 'wbe')] } });
  assert.deepEqual(brief(found), [
    ['web', 'a', '/metadata/namespace', 'nothing in the environment creates the namespace "wbe"'],
  ]);
  assert.equal(found[0]?.hint, 'did you mean "web"?');
});

test('Argo CD may create it, and give its own to what names none', () => {
  const apps = {
    cluster: [namespace('argocd')],
    applications: [application({ syncOptions: ['CreateNamespace=true'] })],
    web: [configMap('a', null), namespace('x')],
  };
  assert.deepEqual(findings('namespace-missing', { apps }), []);
});

test('a manifest without a namespace needs a destination that has one', () => {
  const apps = {
    cluster: [namespace('argocd')],
    applications: [application({ namespace: null })],
    web: [configMap('a', null)],
  };
  assert.deepEqual(brief(findings('namespace-missing', { apps })), [
    [
      'web',
      'a',
      '/metadata/namespace',
      'the ConfigMap has no namespace, and neither has the destination of its Application',
    ],
  ]);
});

test('nothing is said while an app could not be rendered: it may create it', () => {
  assert.deepEqual(findings('namespace-missing', { apps: { web: [configMap('a')] }, failed: ['cluster'] }), []);
});
