import { typesOf } from './schema-lookup.ts';
import { isQuantityPattern, quantityHint } from './translate-quantity.ts';
import { nameTypes, place, show, type Mistake, type Translation } from './translation.ts';

const examples: Record<string, string> = {
  object: 'write fields below it, as in {"key": "value"}',
  array: 'write a list, as in ["item"]',
  string: 'write text in quotes',
  integer: 'write a whole number without quotes, as in 3',
  number: 'write a number without quotes, as in 0.5',
  boolean: 'write true or false without quotes',
};

/** A value of the wrong JSON type. */
export function wrongType(mistake: Mistake): Translation {
  const types = typesOf(mistake.schema ?? { type: mistake.error.params.type });
  const isQuantity = isQuantityPattern(mistake.schema?.pattern);
  const expected = isQuantity ? 'a quantity' : nameTypes(types);
  const { value } = mistake;
  const shown = show(mistake, value);
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} must be ${expected}, not ${shown.startsWith('"') ? 'the string ' : ''}${shown}`,
    hint: isQuantity ? quantityHint : mend(value, types),
  };
}

function mend(value: unknown, types: readonly string[]): string {
  const [type = ''] = types;
  if (value === null) return 'set it, or leave out what contains it';
  if (types.includes('string') && typeof value !== 'object') return 'put the value in quotes';
  if (typeof value === 'string') {
    const isNumber = /^-?\d+$/.test(value) && (types.includes('integer') || types.includes('number'));
    const isBoolean = /^(true|false)$/.test(value) && types.includes('boolean');
    if (isNumber || isBoolean) return `remove the quotes: ${value}`;
  }
  if (types.includes('array') && !Array.isArray(value)) return 'put it into a list: [ … ]';
  if (types.includes('object') && Array.isArray(value)) return 'write one object instead of a list';
  return examples[type] ?? 'compare it with the documentation of the kind';
}
