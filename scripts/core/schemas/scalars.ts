import type { SchemaNode } from './schema-nodes.ts';

/**
 * A Kubernetes quantity, as the comment on `Quantity` in k8s.io/apimachinery pkg/api/resource/quantity.go defines it: a
 * sign, digits with at most one point, and a unit: binary (Ki…Ei), decimal (n, u, m, k…E) or an exponent. The parser below
 * that comment also takes a number without digits, such as "Gi", for zero; that is never meant, so it is refused here.
 */
export const quantityPattern = '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$';

export const int32: SchemaNode = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

const apiextensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** Definitions whose Go type reads JSON by itself, so that the specification cannot describe them. */
export const scalarTypes: Record<string, SchemaNode> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['string', 'number', 'null'],
    pattern: quantityPattern,
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
    type: ['string', 'integer', 'null'],
    ...int32,
  },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: ['string', 'null'], format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': {
    type: ['string', 'null'],
    format: 'date-time-micro',
  },
  // What stands in these is read without looking for unknown fields.
  [`${apiextensions}.JSON`]: {},
  [`${apiextensions}.JSONSchemaPropsOrArray`]: { type: ['object', 'array', 'null'] },
  [`${apiextensions}.JSONSchemaPropsOrBool`]: { type: ['object', 'boolean', 'null'] },
  [`${apiextensions}.JSONSchemaPropsOrStringArray`]: { type: ['object', 'array', 'null'] },
};
