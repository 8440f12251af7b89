import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container, EnvVar, Pod } from './pod.ts';
import { examplePod } from './example-pod.ts';
import { expand, fieldOf, variablesOf } from './variables.ts';

const secrets: Record<string, string> = { 'web/token/key': 'hidden' };
const lookup = {
  secret: async ({ namespace, name, key }: { namespace: string; name: string; key: string }) =>
    secrets[`${namespace}/${name}/${key}`],
  configMap: async () => undefined,
};

const variables = async (env: EnvVar[], extra: Partial<Container> = {}): Promise<Record<string, string>> => {
  const container: Container = { name: 'main', image: 'any', env, ...extra };
  return Object.fromEntries(await variablesOf(examplePod(), container, lookup));
};

test('a variable refers to those before it, and to nothing after it', async () => {
  const env = [
    { name: 'A', value: 'a' },
    { name: 'B', value: '$(A)-$(C)-$$(A)' },
    { name: 'C', value: 'c' },
  ];
  assert.deepEqual(await variables(env), { A: 'a', B: 'a-$(C)-$(A)', C: 'c' });
});

test('fields of the pod, keys of Secrets, and limits', async () => {
  const env: EnvVar[] = [
    { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'LABEL', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'key' } } },
    { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
  ];
  assert.deepEqual(await variables(env, { resources: { limits: { memory: '64Mi' } } }), {
    NAME: 'web-1',
    IP: '10.0.0.1',
    LABEL: 'web',
    TOKEN: 'hidden',
    MEMORY: '64',
  });
});

test('what a variable refers to must be there, unless it is optional', async () => {
  const ref = (optional: boolean): EnvVar[] => [
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'other', optional } } },
  ];
  assert.deepEqual(await variables(ref(true)), {});
  await assert.rejects(
    variables(ref(false)),
    /pod web\/web-1: TOKEN of container main needs key other of secret token/,
  );
});

test('a field that the launcher does not know is an error, never an empty text', () => {
  assert.throws(() => fieldOf(examplePod() as Pod, 'spec.unheardOf'), /doesn't know the field spec\.unheardOf/);
});

test('a name that is no variable stays as it is', () => {
  assert.equal(expand('--flag=$(NOWHERE) $5', new Map()), '--flag=$(NOWHERE) $5');
});
