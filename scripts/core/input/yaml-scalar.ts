// How Kubernetes reads a plain YAML scalar: kubectl, Argo CD and the API server share go-yaml v2, which is YAML 1.1
// without base-60 numbers and with timestamps left as text (resolve.go of go.yaml.in/yaml/v2).

const words = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const integer = /^[-+]?(?:0|[1-9][0-9]*)$/;
const prefixed = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The value of an unquoted scalar. */
export function plainScalar(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!isNumeric) {
    // The longest word has five letters, and nothing else without a digit in front resolves to anything but text.
    const word = text.length <= 5 ? words.get(text) : undefined;
    return word === undefined ? text : word;
  }
  return numberOf(text) ?? words.get(text) ?? text;
}

function numberOf(text: string): number | undefined {
  if (integer.test(text)) return Number(text);
  const plain = text.charCodeAt(0) === 46 ? text : text.replaceAll('_', '');
  const match = prefixed.exec(plain);
  if (match !== null) {
    const [, sign, digits] = match as unknown as [string, string, string];
    // Octal numbers are written 0644 in YAML 1.1 and 0o644 in 1.2; Number knows only the latter.
    const value = Number(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return sign === '-' ? -value : value;
  }
  return float.test(plain) ? Number(plain) : undefined;
}

/** Words that YAML 1.1 reads as booleans and YAML 1.2, like everybody who writes them, as text. */
export function isBooleanTrap(text: string): boolean {
  return text.length <= 3 && typeof words.get(text) === 'boolean';
}
