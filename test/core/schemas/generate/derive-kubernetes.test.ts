import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBundle, readBundleText } from '../../../../scripts/core/schemas/bundle.ts';
import type { GeneratedFacts, PropertyFacts } from '../../../../scripts/core/schemas/generate/generated-openapi.ts';
import { deriveKubernetes } from '../../../../scripts/core/schemas/generate/derive-kubernetes.ts';

const kind = { group: 'apps', version: 'v1', kind: 'Thing' };
const ref = (name: string) => ({ $ref: `#/definitions/io.k8s.api.apps.v1.${name}` });
const quantity = { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' };

const swagger = {
  paths: {
    '/apis/apps/v1/namespaces/{namespace}/things': { post: { 'x-kubernetes-group-version-kind': kind }, get: {} },
    '/apis/apps/v1/namespaces/{namespace}/things/{name}/evict': {
      post: { 'x-kubernetes-group-version-kind': { ...kind, kind: 'Eviction' } },
    },
    '/api/v1/nodes': { post: { 'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind: 'Node' } } },
  },
  definitions: {
    'io.k8s.api.apps.v1.Thing': {
      type: 'object',
      description: 'A thing.',
      properties: { spec: ref('Spec'), status: ref('Status') },
      'x-kubernetes-group-version-kind': [kind],
    },
    'io.k8s.api.core.v1.Node': {
      type: 'object',
      properties: { spec: ref('Spec') },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Node' }],
    },
    'io.k8s.api.apps.v1.Eviction': {
      type: 'object',
      'x-kubernetes-group-version-kind': [{ ...kind, kind: 'Eviction' }],
    },
    'io.k8s.api.apps.v1.Spec': {
      type: 'object',
      required: ['mode', 'template', 'size', 'names'],
      properties: {
        mode: { type: 'string' },
        policy: { type: 'string' },
        template: ref('Template'),
        fallback: ref('Template'),
        size: quantity,
        count: { type: 'integer', format: 'int32' },
        big: { type: 'integer', format: 'int64' },
        secret: { type: 'string', format: 'byte' },
        names: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        ports: {
          type: 'array',
          items: ref('Port'),
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port', 'protocol'],
        },
      },
    },
    'io.k8s.api.apps.v1.Template': { type: 'object' },
    'io.k8s.api.apps.v1.Port': {
      type: 'object',
      required: ['port'],
      properties: { port: { type: 'integer' }, protocol: { type: 'string' } },
    },
    'io.k8s.api.apps.v1.Status': { type: 'object', required: ['phase'], properties: { phase: { type: 'string' } } },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
  },
};

const facts: GeneratedFacts = new Map<string, Map<string, PropertyFacts>>([
  [
    'k8sio_api_apps_v1_Spec',
    new Map([
      ['mode', { enum: ['A', 'B'] }],
      ['policy', { enum: ['', 'C'] }],
    ]),
  ],
  ['k8sio_api_apps_v1_Port', new Map([['protocol', { default: 'TCP' }]])],
]);

const bundle = deriveKubernetes('1.99', swagger, facts);
const spec = bundle.definitions['io.k8s.api.apps.v1.Spec'] as { properties: Record<string, unknown> };

test('the kinds are those that can be created, with their scope', () => {
  assert.deepEqual(bundle.kinds, {
    'apps/v1/Thing': { definition: 'io.k8s.api.apps.v1.Thing', namespaced: true },
    'v1/Node': { definition: 'io.k8s.api.core.v1.Node', namespaced: false },
  });
});

test('what no kind refers to is left out', () => {
  assert.ok(!('io.k8s.api.apps.v1.Eviction' in bundle.definitions));
});

test('objects are closed, optional fields may be null', () => {
  assert.deepEqual(bundle.definitions['io.k8s.api.apps.v1.Thing'], {
    type: ['object', 'null'],
    properties: { spec: ref('Spec'), status: ref('Status') },
    additionalProperties: false,
  });
  assert.deepEqual(bundle.definitions['io.k8s.api.apps.v1.Template'], {
    type: ['object', 'null'],
    properties: {},
    additionalProperties: false,
  });
});

test('required fields, items and values of maps may not be null', () => {
  const { template, fallback, size, names, labels } = spec.properties;
  assert.deepEqual(template, { ...ref('Template'), type: 'object' });
  assert.deepEqual(fallback, ref('Template'));
  assert.deepEqual(size, { ...quantity, type: ['string', 'number'] });
  assert.deepEqual(names, { type: 'array', items: { type: 'string' }, uniqueItems: true });
  assert.deepEqual(labels, { type: ['object', 'null'], additionalProperties: { type: 'string' } });
});

test('enums take the empty string for unset where the field is optional', () => {
  assert.deepEqual(spec.properties.mode, { type: 'string', enum: ['A', 'B'] });
  assert.deepEqual(spec.properties.policy, { type: ['string', 'null'], enum: ['', 'C', null] });
});

test('numbers and encodings', () => {
  const { count, big, secret } = spec.properties;
  assert.deepEqual(count, { type: ['integer', 'null'], minimum: -2147483648, maximum: 2147483647 });
  assert.deepEqual(big, { type: ['integer', 'null'] });
  assert.deepEqual(secret, { type: ['string', 'null'], format: 'base64' });
});

test('lists that are maps say their keys with the defaults', () => {
  assert.deepEqual(spec.properties.ports, {
    type: ['array', 'null'],
    items: { ...ref('Port'), type: 'object' },
    uniqueKeys: { port: null, protocol: 'TCP' },
  });
});

test('nothing is required in a status', () => {
  assert.deepEqual(bundle.definitions['io.k8s.api.apps.v1.Status'], {
    type: ['object', 'null'],
    properties: { phase: { type: ['string', 'null'] } },
    additionalProperties: false,
  });
});

test('the real schemas hold the kinds and enums that they were made for', () => {
  const { kinds, definitions } = parseBundle(readBundleText('1.36'));
  assert.equal(Object.keys(kinds).length, 94);
  for (const name of ['apiextensions.k8s.io/v1/CustomResourceDefinition', 'apiregistration.k8s.io/v1/APIService']) {
    assert.equal(kinds[name]?.namespaced, false);
  }
  const container = definitions['io.k8s.api.core.v1.Container']?.properties as Record<string, { enum?: unknown }>;
  assert.deepEqual(container.imagePullPolicy?.enum, ['Always', 'IfNotPresent', 'Never', '', null]);
  assert.equal(JSON.stringify(definitions).match(/"enum":/g)?.length, 124);
});
