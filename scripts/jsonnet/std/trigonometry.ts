// Sines and their like, and their inverses, to the last bit as Go's, which follow the Cephes library.

const sinCoefficients = [
  1.5896230157654656e-10, -2.5050747762857807e-8, 0.0000027557313621385722, -0.0001984126982958954,
  0.008333333333322118, -0.1666666666666663,
];
const cosCoefficients = [
  -1.1358536521387682e-11, 2.087570084197473e-9, -2.755731417929674e-7, 0.000024801587288851704, -0.0013888888888873056,
  0.041666666666666595,
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
  const rest = x - octant * 0.7853981256484985 - octant * 3.774894707930798e-8 - octant * 2.6951514290790595e-15;
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
    const numerator = zz * polynomial(zz, [-13093.693918138373, 1153516.6483858742, -17956525.197648488]);
    const denominator = polynomial(
      zz,
      [1, 13681.296347069296, -1320892.3444021097, 25008380.18233579, -53869575.592945464],
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
    [-0.8750608600031904, -16.157537187333652, -75.00855792314705, -122.88666844901361, -64.85021904942025],
  );
  const denominator = polynomial(
    z,
    [1, 24.858464901423062, 165.02700983169885, 432.88106049129027, 485.3903996359137, 194.5506571482614],
  );
  return x * ((z * numerator) / denominator) + x;
}

const moreBits = 6.123233995736766e-17;

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
