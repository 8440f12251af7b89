import { fail } from '../engine/machine.ts';
import { visibleNames } from '../engine/shape.ts';
import { textLength } from '../engine/text.ts';
import { Tag, typeName, type Value } from '../engine/value.ts';

/** `std.length`: characters, elements, visible fields, or parameters without default. */
export function lengthOf(value: Value): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value === 'object' && value !== null) {
    switch (value.tag) {
      case Tag.Array:
        return value.items.length;
      case Tag.Object:
        return visibleNames(value.shape).length;
      case Tag.Function:
        if (value.code === undefined) return value.native!.required;
        return value.code.defaults.filter((each) => each === undefined).length;
    }
  }
  throw fail(`Unexpected type ${typeName(value)}`);
}
