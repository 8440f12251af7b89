import { crdToJsonSchema } from './compile/crd-schema.ts';
import type { Crd, CrdVersion } from './crd.ts';
import { withoutDroppedNulls } from './dropped-nulls.ts';
import type { SchemaNode } from './schema-nodes.ts';
import type { Validate, Validators } from './validators.ts';

/** A kind that a CustomResourceDefinition defines. */
export interface CustomKind {
  namespaced: boolean;
  /** The strict JSON Schema; converted at the first call. */
  schema(): SchemaNode;
  /** Compiled, or read from the cache, at the first call. */
  validate: Validate;
}

/** Custom kinds by `<apiVersion>/<kind>`, for the versions that are served. */
export type CustomKinds = Map<string, CustomKind>;

/** Adds the kinds of one definition; those that are there already are replaced. */
export function addCustomKinds(kinds: CustomKinds, crd: Crd, validators: Validators): void {
  const { group, names, scope, versions } = crd.spec;
  for (const version of versions.filter(({ served }) => served)) {
    let schema: SchemaNode | undefined;
    kinds.set(`${group}/${version.name}/${names.kind}`, {
      namespaced: scope === 'Namespaced',
      schema: () => (schema ??= crdToJsonSchema(version)),
      validate: customValidator(version, validators),
    });
  }
}

function customValidator(version: CrdVersion, validators: Validators): Validate {
  let compiled: Validate | undefined;
  const validate: Validate = (value) => {
    compiled ??= validators.custom(version);
    if (compiled(value)) return true;
    // Nulls that the server drops are rare, so only what seems wrong is searched for them.
    const dropped = withoutDroppedNulls(value, version.schema?.openAPIV3Schema ?? {});
    const valid = dropped !== value && compiled(dropped);
    validate.errors = compiled.errors ?? null;
    return valid;
  };
  return validate;
}
