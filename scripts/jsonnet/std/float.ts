// Functions of real numbers to the last bit as Go's: the engines of JavaScript round some of them differently. Sine, cosine
// and tangent follow the Cephes library, the logarithm FreeBSD's, the exponential Shibata's method with fused
// multiplication, as Go does on x86-64. Tested against go-jsonnet.

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
    s2 *
    (6.66666666666673513e-1 +
      s4 * (2.857142874366239149e-1 + s4 * (1.818357216161805012e-1 + s4 * 1.479819860511658591e-1)));
  const even = s4 * (3.999999999940941908e-1 + s4 * (2.222219843214978396e-1 + s4 * 1.531383769920937332e-1));
  const half = 0.5 * f * f;
  const high = exponent * 6.9314718036912381649e-1;
  return high - (half - (s * (half + (odd + even)) + exponent * 1.90821492927058770002e-10) - f);
}

export function exp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === -Infinity) return 0;
  if (x > 709.782712893384) return Infinity;
  const exponent = roundHalfEven(x * 1.442695040888963407359924681001892);
  let r = fma(-exponent, 0.69314718055966295651160180568695068359375, x);
  r = fma(-exponent, 0.28235290563031577122588448175013436025525412068e-12, r);
  r *= 0.0625;
  let y = 2.480158730158730158e-5;
  for (const coefficient of [
    1.984126984126984127e-4, 1.3888888888888888889e-3, 8.3333333333333333333e-3, 4.1666666666666666667e-2,
    1.6666666666666666667e-1, 0.5, 1,
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

const sinCoefficients = [
  1.5896230157654656806e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6, -1.98412698295895385996e-4,
  8.33333333332211858878e-3, -1.66666666666666307295e-1,
];
const cosCoefficients = [
  -1.135853652138768173e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7, 2.48015872888517045348e-5,
  -1.38888888888730564116e-3, 4.16666666666665929218e-2,
];

function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient);
}

/** From here on Go reduces arguments by another method, which isn't repeated here. */
const reductionLimit = 2 ** 29;

/** The octant of a positive angle and what is left of it. */
function reduce(x: number): { octant: number; rest: number } {
  let octant = Math.trunc(x * (4 / Math.PI));
  if (octant % 2 === 1) octant++;
  const rest =
    x - octant * 7.85398125648498535156e-1 - octant * 3.7748947079307981767e-8 - octant * 2.69515142907905952645e-15;
  return { octant: octant % 8, rest };
}

function sinNear(z: number): number {
  const zz = z * z;
  return z + z * zz * polynomial(zz, sinCoefficients);
}

function cosNear(z: number): number {
  const zz = z * z;
  return 1 - 0.5 * zz + zz * zz * polynomial(zz, cosCoefficients);
}

export function sin(x: number): number {
  if (x === 0 || !(Math.abs(x) < reductionLimit)) return Math.sin(x);
  const { octant, rest } = reduce(Math.abs(x));
  const quarter = octant % 4;
  const value = quarter === 1 || quarter === 2 ? cosNear(rest) : sinNear(rest);
  return octant > 3 !== x < 0 ? -value : value;
}

export function cos(x: number): number {
  if (!(Math.abs(x) < reductionLimit)) return Math.cos(x);
  const { octant, rest } = reduce(Math.abs(x));
  const quarter = octant % 4;
  const value = quarter === 1 || quarter === 2 ? sinNear(rest) : cosNear(rest);
  return octant > 3 !== quarter > 1 ? -value : value;
}

export function tan(x: number): number {
  if (x === 0 || !(Math.abs(x) < reductionLimit)) return Math.tan(x);
  const { octant, rest: z } = reduce(Math.abs(x));
  const zz = z * z;
  let value = z;
  if (zz > 1e-14) {
    const numerator =
      zz * polynomial(zz, [-1.30936939181383734205e4, 1.15351664838587416e6, -1.79565251976484877988e7]);
    const denominator = polynomial(
      zz,
      [1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7, -5.38695755929454629881e7],
    );
    value = z + z * (numerator / denominator);
  }
  if (octant % 4 === 2) value = -1 / value;
  return x < 0 ? -value : value;
}

function arctangentNear(x: number): number {
  const z = x * x;
  const numerator = polynomial(
    z,
    [
      -8.750608600031904122785e-1, -1.615753718733365076637e1, -7.50085579231470466734e1, -1.22886668449013617341e2,
      -6.485021904942025371773e1,
    ],
  );
  const denominator = polynomial(
    z,
    [
      1, 2.485846490142306297962e1, 1.650270098316988542046e2, 4.328810604912902668951e2, 4.853903996359136964868e2,
      1.945506571482613964425e2,
    ],
  );
  return x * ((z * numerator) / denominator) + x;
}

const moreBits = 6.12323399573676588613e-17;

function arctangent(x: number): number {
  if (x <= 0.66) return arctangentNear(x);
  if (x > 2.414213562373095) return Math.PI / 2 - arctangentNear(1 / x) + moreBits;
  return Math.PI / 4 + arctangentNear((x - 1) / (x + 1)) + 0.5 * moreBits;
}

export function atan(x: number): number {
  if (x === 0) return x;
  return x > 0 ? arctangent(x) : -arctangent(-x);
}

export function asin(x: number): number {
  if (x === 0) return x;
  const size = Math.abs(x);
  if (size > 1) return NaN;
  const root = Math.sqrt(1 - size * size);
  const value = size > 0.7 ? Math.PI / 2 - arctangent(root / size) : arctangent(size / root);
  return x < 0 ? -value : value;
}

export function acos(x: number): number {
  return Math.PI / 2 - asin(x);
}

export function atan2(y: number, x: number): number {
  if (y === 0 || x === 0) return Math.atan2(y, x);
  const quotient = atan(y / x);
  if (x >= 0) return quotient;
  return quotient <= 0 ? quotient + Math.PI : quotient - Math.PI;
}

export function hypot(x: number, y: number): number {
  const larger = Math.max(Math.abs(x), Math.abs(y));
  if (larger === 0) return 0;
  const ratio = Math.min(Math.abs(x), Math.abs(y)) / larger;
  return larger * Math.sqrt(1 + ratio * ratio);
}

/** Halves away from zero. */
export function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
