// The standard library as a whole.
import { Visibility } from '../syntax/ast.ts';
import type { NativeFunction } from '../engine/function-code.ts';
import { addObjects, plainObject, valueField } from '../engine/object.ts';
import type { FieldTemplate } from '../engine/shape.ts';
import type { Unit } from '../engine/unit.ts';
import { makeNative, type ObjectValue, type Value } from '../engine/value.ts';
import { arrayFunctions } from './arrays.ts';
import { arraySearchFunctions } from './array-search.ts';
import { byteFunctions } from './bytes.ts';
import { hashFunctions } from './hashes.ts';
import { hostFunctions } from './host.ts';
import { jsonFunctions } from './json.ts';
import { jsonManifestFunctions } from './manifest-json.ts';
import { otherManifestFunctions } from './manifest-other.ts';
import { tomlManifestFunctions } from './manifest-toml.ts';
import { yamlManifestFunctions } from './manifest-yaml.ts';
import { mathFunctions } from './math.ts';
import { objectFunctions } from './objects.ts';
import { setFunctions } from './sets.ts';
import { stringFunctions } from './strings.ts';
import { typeFunctions } from './types.ts';
import { yamlFunctions } from './yaml.ts';

/** `go-jsonnet` is version 0.22 in full, `libjsonnet` what its version 0.20 has of that. */
export type Dialect = 'go-jsonnet' | 'libjsonnet';

export interface StandardLibrary {
  natives: ReadonlyMap<string, NativeFunction>;
  /** Functions and `pi`, as values. */
  members: ReadonlyMap<string, Value>;
  /** `std` itself, as a file sees it. */
  objectFor: (unit: Unit) => ObjectValue;
}

/** Functions that go-jsonnet 0.22 has and libjsonnet 0.20 lacks. */
export const newerFunctions: readonly string[] = (
  'avg contains deg2rad equalsIgnoreCase flattenDeepArray hypot isDecimal isEven isInteger isOdd log10 log2 maxArray ' +
  'minArray objectRemoveKey rad2deg remove removeAt sha1 sha256 sha3 sha512 trim atan2 isNull pi id'
).split(' ');

const groups = [
  typeFunctions,
  stringFunctions,
  arrayFunctions,
  arraySearchFunctions,
  setFunctions,
  objectFunctions,
  mathFunctions,
]
  .concat([byteFunctions, hashFunctions, jsonFunctions, yamlFunctions, jsonManifestFunctions])
  .concat([yamlManifestFunctions, tomlManifestFunctions, otherManifestFunctions, hostFunctions]);

const libraries = new Map<Dialect, StandardLibrary>();

export function standardLibrary(dialect: Dialect = 'go-jsonnet'): StandardLibrary {
  let library = libraries.get(dialect);
  if (library === undefined) libraries.set(dialect, (library = build(dialect)));
  return library;
}

function build(dialect: Dialect): StandardLibrary {
  const left = dialect === 'libjsonnet' ? new Set(newerFunctions) : new Set<string>();
  const natives = new Map<string, NativeFunction>();
  for (const group of groups) for (const each of group) if (!left.has(each.name)) natives.set(each.name, each);
  const members = new Map<string, Value>();
  for (const [name, each] of natives) members.set(name, makeNative(each));
  if (!left.has('pi')) members.set('pi', Math.PI);
  let base: ObjectValue | undefined;
  const objects = new WeakMap<Unit, ObjectValue>();
  return {
    natives,
    members,
    objectFor: (unit) => {
      let object = objects.get(unit);
      if (object === undefined) {
        base ??= plainObject([...members].map(([name, value]) => hiddenField(name, value)));
        object = addObjects(base, plainObject([hiddenField('thisFile', unit.path)]));
        objects.set(unit, object);
      }
      return object;
    },
  };
}

function hiddenField(name: string, value: Value): FieldTemplate {
  return { ...valueField(name, value), visibility: Visibility.Hidden };
}
