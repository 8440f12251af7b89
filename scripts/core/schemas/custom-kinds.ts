import { crdToJsonSchema } from './compile/crd-schema.ts';
import type { Crd, CrdVersion } from './crd.ts';
import type { SchemaNode } from './schema-nodes.ts';
import type { Validate, Validators } from './validators.ts';

/** A kind that a CustomResourceDefinition defines. */
export interface CustomKind {
  namespaced: boolean;
  /** The strict JSON Schema; converted at the first call. */
  schema(): SchemaNode;
  /** The validator; compiled or read at the first call. */
  validate(): Validate;
}

/** Custom kinds by `<apiVersion>/<kind>`, for the versions that are served. */
export type CustomKinds = Map<string, CustomKind>;

/** Adds the kinds of one definition; those that are there already are replaced. */
export function addCustomKinds(kinds: CustomKinds, crd: Crd, validators: Validators): void {
  const { group, names, scope, versions } = crd.spec;
  for (const version of versions.filter(({ served }) => served)) {
    kinds.set(`${group}/${version.name}/${names.kind}`, {
      namespaced: scope === 'Namespaced',
      ...lazily(version, validators),
    });
  }
}

function lazily(version: CrdVersion, validators: Validators): Pick<CustomKind, 'schema' | 'validate'> {
  let schema: SchemaNode | undefined;
  let validate: Validate | undefined;
  const convert = (): SchemaNode => (schema ??= crdToJsonSchema(version));
  return { schema: convert, validate: () => (validate ??= validators.custom(version)) };
}
