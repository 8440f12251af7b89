import { fail } from '../engine/machine.ts';
import { formatGo } from '../engine/numbers.ts';

const maxCodePoint = 0x10ffff;

/** `std.char`. A number that is a surrogate's is no character and gives U+FFFD. */
export function character(code: number): string {
  if (code > maxCodePoint) throw fail(`Invalid unicode codepoint, got ${formatGo(code)}`);
  if (code < 0) throw fail(`Codepoints must be >= 0, got ${formatGo(code)}`);
  const point = Math.trunc(code);
  return point >= 0xd800 && point <= 0xdfff ? '\ufffd' : String.fromCodePoint(point);
}
