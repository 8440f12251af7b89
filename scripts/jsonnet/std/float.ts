// Powers, logarithms and exponentials to the last bit as Go's: the engines of JavaScript round some of them differently.
// The logarithm follows FreeBSD's, the exponential Shibata's method with fused multiplication, as Go does on x86-64.

/** x = mantissa * 2 ** exponent with 0.5 <= |mantissa| < 1. */
export function split(x: number): { mantissa: number; exponent: number } {
  if (x === 0 || !Number.isFinite(x)) return { mantissa: x, exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  // Numbers below the smallest normal one are scaled up first.
  const scaled = Math.abs(x) < 2.2250738585072014e-308 ? x * 2 ** 52 : x;
  view.setFloat64(0, scaled);
  const bits = view.getUint32(0);
  const exponent = ((bits >>> 20) & 0x7ff) - 1022 - (scaled === x ? 0 : 52);
  view.setUint32(0, (bits & 0x800fffff) | (1022 << 20));
  return { mantissa: view.getFloat64(0), exponent };
}

/** mantissa * 2 ** exponent, rounded once. */
function scale(mantissa: number, exponent: number): number {
  if (exponent > 2000) return mantissa * Infinity;
  if (exponent < -2200) return mantissa * 0;
  let value = mantissa;
  let rest = exponent;
  while (rest > 1000) {
    value *= 2 ** 1000;
    rest -= 1000;
  }
  if (rest >= -1000) return value * 2 ** rest;
  // Into the range of numbers with less precision in one step, after exact ones.
  const { mantissa: part, exponent: own } = split(value);
  const total = own + rest;
  if (total > -1021) return part * 2 ** total;
  if (total < -1075) return part * 0;
  return part * 2 ** (total + 60) * 2 ** -60;
}

export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const parts = split(x);
  let { mantissa, exponent } = parts;
  if (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const odd =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
  const even = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
  const half = 0.5 * f * f;
  const high = exponent * 0.6931471803691238;
  return high - (half - (s * (half + (odd + even)) + exponent * 1.9082149292705877e-10) - f);
}

export function exp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === -Infinity) return 0;
  if (x > 709.782712893384) return Infinity;
  // What follows would come to 0, too, but not for an exponent that isn't a 64-bit number.
  if (x < -746) return 0;
  const exponent = roundHalfEven(x * 1.4426950408889634);
  let r = fma(-exponent, 0.693147180559663, x);
  r = fma(-exponent, 2.8235290563031577e-13, r);
  r *= 0.0625;
  let y = 0.0000248015873015873;
  for (const coefficient of [
    0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664, 0.16666666666666666, 0.5,
    1,
  ]) {
    y = fma(r, y, coefficient);
  }
  r *= y;
  for (let doubling = 0; doubling < 3; doubling++) r *= r + 2;
  r = fma(r + 2, r, 1);
  if (exponent + 1023 > 0) return exponent + 1023 >= 0x7ff ? Infinity : r * 2 ** exponent;
  if (exponent + 1023 < -52) return 0;
  return r * 2 ** (exponent + 1022) * 2 ** -1022;
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** a * b + c, rounded once. */
function fma(a: number, b: number, c: number): number {
  const x = exact(a);
  const y = exact(b);
  const z = exact(c);
  const shift = Math.min(x.exponent + y.exponent, z.exponent);
  const sum =
    ((x.digits * y.digits) << BigInt(x.exponent + y.exponent - shift)) + (z.digits << BigInt(z.exponent - shift));
  return rounded(sum, shift);
}

function exact(x: number): { digits: bigint; exponent: number } {
  const { mantissa, exponent } = split(x);
  return { digits: BigInt(mantissa * 2 ** 53), exponent: exponent - 53 };
}

function rounded(digits: bigint, exponent: number): number {
  const negative = digits < 0n;
  let magnitude = negative ? -digits : digits;
  let shift = exponent;
  const excess = magnitude.toString(2).length - 53;
  if (excess > 0) {
    const half = 1n << BigInt(excess - 1);
    const rest = magnitude & ((1n << BigInt(excess)) - 1n);
    magnitude >>= BigInt(excess);
    if (rest > half || (rest === half && (magnitude & 1n) === 1n)) magnitude += 1n;
    shift += excess;
  }
  const value = scale(Number(magnitude), shift);
  return negative ? -value : value;
}

/** x ** y by repeated squaring. */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (x === 0) {
    const odd = Math.abs(y % 2) === 1 && Math.abs(y) < 2 ** 53;
    if (y < 0) return Object.is(x, -0) && odd ? -Infinity : Infinity;
    return odd ? x : 0;
  }
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  let whole = Math.trunc(Math.abs(y));
  let fraction = Math.abs(y) - whole;
  if (fraction !== 0 && x < 0) return NaN;
  if (whole >= 2 ** 63) {
    if (x === -1) return 1;
    return Math.abs(x) < 1 === y > 0 ? 0 : Infinity;
  }
  let result = 1;
  let exponent = 0;
  if (fraction !== 0) {
    if (fraction > 0.5) {
      fraction--;
      whole++;
    }
    result = exp(fraction * log(x));
  }
  let { mantissa: square, exponent: own } = split(x);
  for (let rest = whole; rest >= 1; rest = Math.floor(rest / 2)) {
    if (own < -(2 ** 12) || own > 2 ** 12) {
      exponent += own;
      break;
    }
    if (rest % 2 === 1) {
      result *= square;
      exponent += own;
    }
    square *= square;
    own *= 2;
    if (square < 0.5) {
      square += square;
      own--;
    }
  }
  if (y < 0) {
    result = 1 / result;
    exponent = -exponent;
  }
  return scale(result, exponent);
}

/** Halves away from zero. */
export function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
