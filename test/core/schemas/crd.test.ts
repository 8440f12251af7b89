import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crdFileName, isCrd, normalizeCrd, type Crd } from '../../../scripts/core/schemas/crd.ts';
import { countProperties } from '../../../scripts/core/schemas/schema-nodes.ts';

/** A definition with everything that is stripped, and with fields of the names that must not be. */
function upstream(): Crd {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'documents.example.org',
      creationTimestamp: null,
      annotations: {
        'api-approved.kubernetes.io': 'https://example.org/approved',
        'controller-gen.kubebuilder.io/version': 'v0.21.0',
      },
      labels: { 'app.kubernetes.io/part-of': 'library' },
    },
    spec: {
      group: 'example.org',
      scope: 'Namespaced',
      preserveUnknownFields: false,
      conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } },
      names: { kind: 'Document', plural: 'documents', categories: ['all'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Title', type: 'string', jsonPath: '.spec.title', description: 'the title' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: 'A document.',
              properties: {
                spec: {
                  type: 'object',
                  description: 'What it says.',
                  required: ['description'],
                  default: { description: 'kept: a value, no documentation' },
                  properties: {
                    description: { type: 'string', description: 'What it is about.' },
                    properties: { type: 'object', additionalProperties: { type: 'string', description: 'One.' } },
                    items: {
                      type: 'array',
                      items: { type: 'object', description: 'One.', properties: { description: { type: 'string' } } },
                    },
                    choice: {
                      description: 'Of two.',
                      anyOf: [{ description: 'A.', type: 'string' }, { type: 'integer' }],
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
    status: { conditions: [] },
  };
}

test('descriptions go, fields that are called "description" stay', () => {
  const before = upstream();
  const after = normalizeCrd(before) as unknown as Crd;
  const schema = after.spec.versions[0]?.schema?.openAPIV3Schema;
  assert.deepEqual(schema, {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        required: ['description'],
        default: { description: 'kept: a value, no documentation' },
        properties: {
          description: { type: 'string' },
          properties: { type: 'object', additionalProperties: { type: 'string' } },
          items: { type: 'array', items: { type: 'object', properties: { description: { type: 'string' } } } },
          choice: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
        },
      },
    },
  });
  assert.equal(countProperties(schema), countProperties(before.spec.versions[0]?.schema?.openAPIV3Schema ?? {}));
  assert.equal(countProperties(schema), 6);
});

test('what the API server or the generator owns goes, what upstream decided stays', () => {
  const before = upstream();
  const { metadata, spec, ...rest } = normalizeCrd(before) as unknown as Crd;
  assert.deepEqual(rest, { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' });
  assert.deepEqual(metadata, {
    name: 'documents.example.org',
    annotations: { 'api-approved.kubernetes.io': 'https://example.org/approved' },
    labels: { 'app.kubernetes.io/part-of': 'library' },
  });
  const { preserveUnknownFields, versions, ...kept } = before.spec;
  assert.equal(preserveUnknownFields, false);
  const { versions: after, ...keptAfter } = spec;
  assert.deepEqual(keptAfter, kept);
  assert.deepEqual({ ...after[0], schema: null }, { ...versions[0], schema: null });
});

test('the original is left alone', () => {
  const crd = upstream();
  normalizeCrd(crd);
  assert.deepEqual(crd, upstream());
});

test("annotations that were only the generator's disappear", () => {
  const crd = upstream();
  crd.metadata.annotations = { 'controller-gen.kubebuilder.io/version': 'v0.21.0' };
  assert.equal('annotations' in (normalizeCrd(crd) as unknown as Crd).metadata, false);
});

test('a definition is filed under its plural and group', () => {
  assert.equal(crdFileName(upstream()), 'documents.example.org.json');
});

test('only the version that the API server still serves is a definition', () => {
  assert.equal(isCrd(upstream()), true);
  assert.equal(isCrd({ ...upstream(), apiVersion: 'apiextensions.k8s.io/v1beta1' }), false);
  for (const other of [null, 1, [], {}, { kind: 'CustomResourceDefinition' }]) assert.equal(isCrd(other), false);
});
