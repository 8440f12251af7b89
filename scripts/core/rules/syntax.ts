// The grammars of names that the API server checks, read in k8s.io/apimachinery (pkg/util/validation, pkg/api/validate/content).
// Each check returns what is wrong in words that complete "the name …", or undefined.

export type SyntaxCheck = (value: string) => string | undefined;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const labelPattern = new RegExp(`^${label}$`);
const label1035Pattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`);
const qualifiedPattern = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** RFC 1123 label: at most 63 of a-z, 0-9 and `-`, a letter or digit at both ends. */
export const label1123: SyntaxCheck = (value) =>
  tooLong(value, 63) ??
  (labelPattern.test(value)
    ? undefined
    : `must be lower case letters, digits and "-", with a letter or digit at both ends`);

/** RFC 1035 label: like RFC 1123, but it begins with a letter. */
export const label1035: SyntaxCheck = (value) =>
  tooLong(value, 63) ??
  (label1035Pattern.test(value)
    ? undefined
    : `must be lower case letters, digits and "-", begin with a letter and end with a letter or digit`);

/** RFC 1123 subdomain: at most 253 characters, labels joined by dots. */
export const subdomain1123: SyntaxCheck = (value) =>
  tooLong(value, 253) ??
  (subdomainPattern.test(value)
    ? undefined
    : `must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part`);

/** A name that only has to be one segment of a URL path, as roles and bindings have. */
export const pathSegment: SyntaxCheck = (value) => {
  if (value === '.' || value === '..') return `must not be "${value}"`;
  const illegal = ['/', '%'].find((char) => value.includes(char));
  return illegal === undefined ? undefined : `must not contain "${illegal}"`;
};

/** `name` or `prefix/name`: the key of a label, and in lower case that of an annotation. */
export const qualifiedName: SyntaxCheck = (value) => {
  const parts = value.split('/');
  if (parts.length > 2) return 'must have at most one "/", between a DNS prefix and a name';
  const name = parts.at(-1)!;
  if (parts.length === 2) {
    const wrong = parts[0] === '' ? 'must not be empty' : subdomain1123(parts[0]!);
    if (wrong !== undefined) return `has a prefix that ${wrong}`;
  }
  if (name === '') return 'must have a name after the prefix';
  const long = tooLong(name, 63);
  if (long !== undefined) return `has a name part that ${long}`;
  return qualifiedPattern.test(name)
    ? undefined
    : 'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';
};

/** The value of a label: empty, or at most 63 characters like the name part of its key. */
export const labelValue: SyntaxCheck = (value) =>
  tooLong(value, 63) ??
  (value === '' || qualifiedPattern.test(value)
    ? undefined
    : 'must be empty or letters, digits, "-", "_" and ".", with a letter or digit at both ends');

/** The key of a ConfigMap or Secret. */
export const configKey: SyntaxCheck = (value) => {
  const long = tooLong(value, 253);
  if (long !== undefined) return long;
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) return 'must be letters, digits, "-", "_" and "."';
  if (value === '.' || value === '..') return `must not be "${value}"`;
  return value.startsWith('..') ? 'must not begin with ".."' : undefined;
};

/** A check that remembers what it has said of the last thousands of values. */
export function memoized(check: SyntaxCheck): SyntaxCheck {
  const said = new Map<string, string | undefined>();
  return (value) => {
    if (said.has(value)) return said.get(value);
    if (said.size > 5000) said.clear();
    const wrong = check(value);
    said.set(value, wrong);
    return wrong;
  };
}

/** What a generated name is made of may end in a dash, for characters follow it. */
export function prefixOf(check: SyntaxCheck): SyntaxCheck {
  return (value) => check(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value);
}

// Lengths are bytes in the API server, which matters for the message alone: what is not ASCII fails every grammar.
function tooLong(value: string, limit: number): string | undefined {
  return value.length > limit ? `must have at most ${limit} characters, it has ${value.length}` : undefined;
}

/** The name of a container's port: at most 15 of a-z, 0-9 and single dashes inside, with a letter among them. */
export const portName: SyntaxCheck = (value) => {
  const long = tooLong(value, 15);
  if (long !== undefined) return long;
  if (!/^[-a-z0-9]+$/.test(value)) return 'must be lower case letters, digits and "-"';
  if (!/[a-z]/.test(value)) return 'must have a letter';
  if (value.includes('--')) return 'must not have two "-" in a row';
  return value.startsWith('-') || value.endsWith('-') ? 'must not begin or end with "-"' : undefined;
};
