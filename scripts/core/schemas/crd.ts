import { stripDescriptions, type SchemaNode } from './schema-nodes.ts';
import type { Json } from './generate/compact-json.ts';

/** The part of an apiextensions.k8s.io/v1 CustomResourceDefinition that the core reads. */
export interface Crd {
  apiVersion: string;
  kind: 'CustomResourceDefinition';
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    [field: string]: unknown;
  };
  spec: {
    group: string;
    names: { kind: string; plural: string; listKind?: string; [field: string]: unknown };
    scope: 'Namespaced' | 'Cluster';
    versions: CrdVersion[];
    [field: string]: unknown;
  };
  status?: unknown;
}

/** One entry of `spec.versions`. */
export interface CrdVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema?: { openAPIV3Schema?: SchemaNode };
  [field: string]: unknown;
}

/** Whether an object is a CustomResourceDefinition of the only version that the API server still serves. */
export function isCrd(object: unknown): object is Crd {
  const { apiVersion, kind, spec } = (object ?? {}) as Partial<Crd>;
  return (
    apiVersion === 'apiextensions.k8s.io/v1' && kind === 'CustomResourceDefinition' && Array.isArray(spec?.versions)
  );
}

/**
 * A CustomResourceDefinition as the library keeps it: what upstream ships, without what only documents it or what the
 * API server owns. Descriptions of printer columns stay, `kubectl` shows them.
 */
export function normalizeCrd(crd: Crd): Json {
  const copy = structuredClone(crd);
  delete copy.status;
  delete copy.metadata.creationTimestamp;
  // The API server never stores this default, so that Argo CD would see a difference that no sync can end.
  if (copy.spec.preserveUnknownFields === false) delete copy.spec.preserveUnknownFields;
  // It changes with the generator although the API does not; and nothing here is Helm's.
  const { annotations, labels } = copy.metadata;
  delete annotations?.['controller-gen.kubebuilder.io/version'];
  delete annotations?.['helm.sh/resource-policy'];
  if (Object.keys(annotations ?? {}).length === 0) delete copy.metadata.annotations;
  if (Object.keys(labels ?? {}).length === 0) delete copy.metadata.labels;
  for (const { schema } of copy.spec.versions) {
    if (schema?.openAPIV3Schema) stripDescriptions(schema.openAPIV3Schema);
  }
  return copy as unknown as Json;
}

/** File name of a definition below `lib/<component>/crds/`. */
export function crdFileName(crd: Crd): string {
  return `${crd.spec.names.plural}.${crd.spec.group}.json`;
}
