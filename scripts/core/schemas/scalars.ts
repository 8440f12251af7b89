import type { SchemaNode } from './schema-nodes.ts';

/**
 * A Kubernetes quantity, as the comment on `Quantity` in k8s.io/apimachinery pkg/api/resource/quantity.go defines it: a
 * sign, digits with at most one point, and a unit: binary (Ki…Ei), decimal (n, u, m, k…E) or an exponent. The parser below
 * that comment also takes a number without digits, such as "Gi", for zero; that is never meant, so it is refused here.
 */
export const quantityPattern = '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$';

/** Standard base64 with padding. Go's decoder skips line breaks, which YAML block strings leave. */
export const base64Pattern =
  '^(?:(?:[A-Za-z0-9+/][\\r\\n]*){4})*(?:(?:[A-Za-z0-9+/][\\r\\n]*){2}=[\\r\\n]*=|(?:[A-Za-z0-9+/][\\r\\n]*){3}=)?[\\r\\n]*$';

export const int32: SchemaNode = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

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
    format: 'date-time',
  },
};
