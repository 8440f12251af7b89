const exponents: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The number that a Kubernetes quantity (`500m`, `1.5Gi`, `1e3`, 2) stands for; undefined when it is none. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const pattern = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([a-zA-Z]*))$/;
  const match = typeof value === 'string' ? pattern.exec(value) : null;
  if (match === null) return undefined;
  const [, number, exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(`${number}${exponent}`);
  const power = binary.indexOf(suffix);
  if (power !== -1) return Number(number) * 1024 ** (power + 1);
  // Multiplying would round where reading does not: 100n is 1e-7.
  return Object.hasOwn(exponents, suffix) ? Number(`${number}e${exponents[suffix]}`) : undefined;
}
