import { call2 } from '../engine/call.ts';
import { dataObject } from '../engine/data.ts';
import { element, fail, force } from '../engine/machine.ts';
import { fieldOf, hasField, lazyField, plainObject, withoutKey } from '../engine/object.ts';
import { allNames, visibleNames } from '../engine/shape.ts';
import {
  isArray,
  isFunction,
  isObject,
  makeArray,
  makeThunk,
  typeName,
  type Lazy,
  type ObjectValue,
  type Value,
} from '../engine/value.ts';
import { booleanOf, native, objectOf, stringOf } from './native.ts';
import { unionOf, differenceOf } from './sets.ts';

function namesOf(object: ObjectValue, hidden: boolean): readonly string[] {
  return hidden ? allNames(object.shape) : visibleNames(object.shape);
}

function fieldCode(frame: any[]): Value {
  return fieldOf(frame[0] as ObjectValue, frame[1] as string);
}

function lazyValue(object: ObjectValue, name: string): Lazy {
  return makeThunk(fieldCode, [object, name]);
}

function fields(hidden: boolean) {
  return (value: Value): Value => makeArray(namesOf(objectOf(value), hidden).slice());
}

function has(hidden: boolean) {
  return (value: Value, name: Value): boolean => {
    const object = objectOf(value);
    return hasField(object, stringOf(name), hidden);
  };
}

function values(hidden: boolean) {
  return (value: Value): Value => {
    const object = objectOf(value);
    return makeArray(namesOf(object, hidden).map((name) => lazyValue(object, name)));
  };
}

const keyAndValue = ['key', 'value'];

function keysValues(hidden: boolean) {
  return (value: Value): Value => {
    const object = objectOf(value);
    return makeArray(namesOf(object, hidden).map((name) => dataObject(keyAndValue, [name, lazyValue(object, name)])));
  };
}

function get(value: Value, name: Value, fallback: Lazy | undefined, hidden: Lazy | undefined): Value {
  const object = objectOf(value);
  const field = stringOf(name);
  const includeHidden = hidden === undefined ? true : booleanOf(force(hidden));
  if (hasField(object, field, includeHidden)) return fieldOf(object, field);
  return fallback === undefined ? null : force(fallback);
}

function mapWithKey(by: Value, lazy: Lazy): Value {
  if (!isFunction(by)) throw fail(`std.mapWithKey first param must be function, got ${typeName(by)}`);
  const value = force(lazy);
  if (!isObject(value)) throw fail(`std.mapWithKey second param must be object, got ${typeName(value)}`);
  return plainObject(
    visibleNames(value.shape).map((name) => lazyField(name, () => call2(by, name, lazyValue(value, name)))),
  );
}

function mergePatch(lazy: Lazy, patch: Value): Value {
  if (!isObject(patch)) return patch;
  const target = force(lazy);
  const base = isObject(target) ? target : undefined;
  const own = base === undefined ? [] : visibleNames(base.shape);
  const patched = visibleNames(patch.shape);
  const dropped = patched.filter((name) => fieldOf(patch, name) === null);
  const names = differenceOf(unionOf(own.slice(), patched.slice()), dropped) as string[];
  return plainObject(
    names.map((name) =>
      lazyField(name, () => {
        if (!hasField(patch, name, false)) return fieldOf(base!, name);
        const before = base !== undefined && hasField(base, name, false) ? fieldOf(base, name) : null;
        return mergePatch(before, fieldOf(patch, name));
      }),
    ),
  );
}

function hasContent(value: Value): boolean {
  if (isArray(value)) return value.items.length > 0;
  return isObject(value) ? visibleNames(value.shape).length > 0 : value !== null;
}

function prune(value: Value): Value {
  if (isArray(value)) {
    const pruned = value.items.map((_, index) => prune(element(value.items, index)));
    return makeArray(pruned.filter(hasContent));
  }
  if (!isObject(value)) return value;
  const names: string[] = [];
  const kept: Value[] = [];
  for (const name of visibleNames(value.shape)) {
    const pruned = prune(fieldOf(value, name));
    if (!hasContent(pruned)) continue;
    names.push(name);
    kept.push(pruned);
  }
  return dataObject(names, kept);
}

export const objectFunctions = [
  native('objectFields', ['o'], fields(false)),
  native('objectFieldsAll', ['o'], fields(true)),
  native('objectFieldsEx', ['obj', 'hidden'], (value: Value, hidden: Value) => {
    const object = objectOf(value);
    return makeArray(namesOf(object, booleanOf(hidden)).slice());
  }),
  native('objectHas', ['o', 'f'], has(false)),
  native('objectHasAll', ['o', 'f'], has(true)),
  native('objectHasEx', ['obj', 'fname', 'hidden'], (value: Value, name: Value, hidden: Value) => {
    const object = objectOf(value);
    const field = stringOf(name);
    return hasField(object, field, booleanOf(hidden));
  }),
  native('objectValues', ['o'], values(false)),
  native('objectValuesAll', ['o'], values(true)),
  native('objectKeysValues', ['o'], keysValues(false)),
  native('objectKeysValuesAll', ['o'], keysValues(true)),
  native('objectRemoveKey', ['obj', 'key'], (value: Value, key: Value) => {
    const object = objectOf(value);
    return withoutKey(object, stringOf(key));
  }),
  native('get', ['o', 'f', '~default?', '~inc_hidden?'], get),
  native('mapWithKey', ['func', '~obj'], mapWithKey),
  native('mergePatch', ['~target', 'patch'], mergePatch),
  native('prune', ['a'], prune),
];
