import { comparePointers, pointerSegments, valueAt } from './json-pointer.ts';
import { fieldsAt, schemaAt, type SchemaSource } from './schema-lookup.ts';
import type { Translation } from './translation.ts';
import { fallback, translators } from './translators.ts';
import { nearest } from '../../suggest.ts';
import type { AjvError } from '../validators.ts';

/**
 * Says in plain words what ajv found: one sentence and a way out for every mistake, in the order of the manifest. What
 * only follows from another mistake is left out.
 *
 * @param document the manifest that was checked
 * @param source the schema it was checked against
 */
export function explain(errors: readonly AjvError[], document: unknown, source: SchemaSource): Translation[] {
  const causes = withoutConsequences(errors, document, source);
  const translations = causes.map((error) => {
    const segments = pointerSegments(error.instancePath);
    const translate = translators[error.keyword] ?? fallback;
    return translate({
      error,
      branches: errors.filter((other) => isBranch(other, error)),
      document,
      segments,
      value: valueAt(document, segments),
      schema: schemaAt(source, segments),
      source,
    });
  });
  return unique(translations).sort(
    (a, b) => comparePointers(a.pointer, b.pointer) || (a.message < b.message ? -1 : Number(a !== b)),
  );
}

const combinations = new Set(['anyOf', 'oneOf']);

function isBranch(error: AjvError, combination: AjvError): boolean {
  return (
    combinations.has(combination.keyword) &&
    error !== combination &&
    error.schemaPath.startsWith(`${combination.schemaPath}/`) &&
    `${error.instancePath}/`.startsWith(`${combination.instancePath}/`)
  );
}

function withoutConsequences(errors: readonly AjvError[], document: unknown, source: SchemaSource): AjvError[] {
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  const outer = errors.filter(({ keyword }) => combinations.has(keyword));
  return errors.filter((error) => {
    if (outer.some((combination) => isBranch(error, combination))) return false;
    // `if` only says that its `else` has found something.
    if (error.keyword === 'if') return false;
    // A value of the wrong type fails every enum as well.
    if (error.keyword === 'enum') return !mistyped.has(error.instancePath);
    // A misspelt required field is one mistake, which the unknown field names.
    return error.keyword !== 'required' || !isMisspelt(error, errors, document, source);
  });
}

function isMisspelt(missing: AjvError, errors: readonly AjvError[], document: unknown, source: SchemaSource): boolean {
  const segments = pointerSegments(missing.instancePath);
  const value = (valueAt(document, segments) ?? {}) as object;
  const absent = fieldsAt(source, segments).filter((field) => !Object.hasOwn(value, field));
  return errors.some(
    ({ keyword, instancePath, params }) =>
      keyword === 'additionalProperties' &&
      instancePath === missing.instancePath &&
      nearest(String(params.additionalProperty), absent) === missing.params.missingProperty,
  );
}

/** Two schemas that apply to the same place may find the same mistake. */
function unique(translations: readonly Translation[]): Translation[] {
  const seen = new Set<string>();
  return translations.filter(({ pointer, message }) => {
    const key = `${pointer}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
