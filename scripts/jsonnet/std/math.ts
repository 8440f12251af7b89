import { fail, force } from '../engine/machine.ts';
import { compare, finite, modulo } from '../engine/operators.ts';
import { typeName, type Lazy, type Value } from '../engine/value.ts';
import { exp, log, power, round, split } from './float.ts';
import { acos, asin, atan, atan2, cos, hypot, sin, tan } from './trigonometry.ts';
import { native, numberOf } from './native.ts';

function real(name: string, compute: (x: number) => number) {
  return native(name, ['x'], (x: Value) => finite(compute(numberOf(x))));
}

function real2(name: string, [first, second]: [string, string], compute: (x: number, y: number) => number) {
  return native(name, [first, second], (x: Value, y: Value) => finite(compute(numberOf(x), numberOf(y))));
}

function test(name: string, holds: (x: number) => boolean) {
  return native(name, ['x'], (x: Value) => holds(numberOf(x)));
}

function numberFor(value: Value, what: string): number {
  if (typeof value !== 'number') throw fail(`${what} expected number, got ${typeName(value)}`);
  return value;
}

function scaled(x: Value, factor: number, divisor: number): number {
  return finite(finite(numberOf(x) * factor) / divisor);
}

export const mathFunctions = [
  real('ceil', Math.ceil),
  real('floor', Math.floor),
  real('sqrt', Math.sqrt),
  real('sin', sin),
  real('cos', cos),
  real('tan', tan),
  real('asin', asin),
  real('acos', acos),
  real('atan', atan),
  real('log', log),
  real('log2', (x) => finite(log(x)) / log(2)),
  real('log10', (x) => finite(log(x)) / log(10)),
  real('exp', (x) => {
    const value = exp(x);
    return value === 0 && x > 0 ? Infinity : value;
  }),
  real('mantissa', (x) => split(x).mantissa),
  real('exponent', (x) => split(x).exponent),
  real('round', round),
  real2('atan2', ['y', 'x'], atan2),
  real2('hypot', ['x', 'y'], hypot),
  real2('pow', ['x', 'n'], power),
  native('modulo', ['x', 'y'], modulo),
  native('deg2rad', ['x'], (x: Value) => scaled(x, Math.PI, 180)),
  native('rad2deg', ['x'], (x: Value) => scaled(x, 180, Math.PI)),
  test('isEven', (x) => Math.trunc(x) % 2 === 0),
  test('isOdd', (x) => Math.trunc(x) % 2 !== 0),
  test('isInteger', Number.isInteger),
  test('isDecimal', (x) => !Number.isInteger(x)),
  native('abs', ['n'], (n: Value) => {
    const number = numberFor(n, 'std.abs');
    return number > 0 ? number : -number;
  }),
  native('sign', ['n'], (n: Value) => {
    const number = numberFor(n, 'std.sign');
    return number > 0 ? 1 : number < 0 ? -1 : 0;
  }),
  native('max', ['a', '~b'], (a: Value, b: Lazy) => {
    const first = numberFor(a, 'std.max first param');
    const second = numberFor(force(b), 'std.max second param');
    return first > second ? first : second;
  }),
  native('min', ['a', '~b'], (a: Value, b: Lazy) => {
    const first = numberFor(a, 'std.min first param');
    const second = numberFor(force(b), 'std.min second param');
    return first < second ? first : second;
  }),
  native('clamp', ['x', 'minVal', '~maxVal'], (x: Value, least: Value, mostly: Lazy) => {
    if (compare(x, least) < 0) return least;
    const most = force(mostly);
    return compare(x, most) > 0 ? most : x;
  }),
];
