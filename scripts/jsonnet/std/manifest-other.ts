// INI, Python and XML.
import { element, fail } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { formatNumber } from '../engine/numbers.ts';
import { fieldOf, hasField } from '../engine/object.ts';
import { indexValue } from '../engine/compile/access.ts';
import { visibleNames } from '../engine/shape.ts';
import { quote } from '../engine/text.ts';
import { isArray, isObject, Tag, typeName, type Value } from '../engine/value.ts';
import { lengthOf } from './length.ts';
import { native, objectOf } from './native.ts';
import { slice } from './slice.ts';

function iniLines(body: Value): string[] {
  const object = objectOf(body);
  return visibleNames(object.shape).flatMap((name) => {
    const value = fieldOf(object, name);
    const values = isArray(value) ? value.items.map((_, index) => element(value.items, index)) : [value];
    return values.map((each) => `${name} = ${toText(each)}`);
  });
}

function manifestIni(ini: Value): string {
  const object = objectOf(ini);
  const main = hasField(object, 'main', false) ? iniLines(fieldOf(object, 'main')) : [];
  const sections = objectOf(fieldOf(object, 'sections'));
  const lines = visibleNames(sections.shape).flatMap((name) => [`[${name}]`, ...iniLines(fieldOf(sections, name))]);
  return [...main, ...lines, ''].join('\n');
}

function python(value: Value): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return formatNumber(value);
    case 'boolean':
      return value ? 'True' : 'False';
  }
  if (value === null) return 'None';
  if (value.tag === Tag.Function) throw fail('cannot manifest function');
  if (value.tag === Tag.Array) {
    return `[${value.items.map((_, index) => python(element(value.items, index))).join(', ')}]`;
  }
  const fields = visibleNames(value.shape).map((name) => `${quote(name)}: ${python(fieldOf(value, name))}`);
  return `{${fields.join(', ')}}`;
}

function pythonVariables(value: Value): string {
  const object = objectOf(value);
  const lines = visibleNames(object.shape).map((name) => `${name} = ${python(fieldOf(object, name))}`);
  return [...lines, ''].join('\n');
}

/** JSONML: an array of a tag, perhaps an object of attributes, and children; a string is text. */
function xml(value: Value): string {
  if (typeof value === 'string') return value;
  const tag = toText(indexValue(value, 0, undefined));
  const second = lengthOf(value) > 1 ? indexValue(value, 1, undefined) : null;
  const attributes = isObject(second)
    ? visibleNames(second.shape).map((name) => ` ${name}="${toText(fieldOf(second, name))}"`)
    : [];
  const children = slice(value, isObject(second) ? 2 : 1, null, null);
  const inner = isArray(children) ? children.items.map((_, index) => xml(element(children.items, index))) : [];
  return `<${tag}${attributes.join('')}>${inner.join('')}</${tag}>`;
}

function manifestXml(value: Value): string {
  if (!isArray(value)) throw fail(`Expected a JSONML value (an array), got ${typeName(value)}`);
  return xml(value);
}

export const otherManifestFunctions = [
  native('manifestIni', ['ini'], manifestIni),
  native('manifestPython', ['v'], python),
  native('manifestPythonVars', ['conf'], pythonVariables),
  native('manifestXmlJsonml', ['value'], manifestXml),
];
