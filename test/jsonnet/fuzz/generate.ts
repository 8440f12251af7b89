// Generated Jsonnet programs: well formed, with every kind of expression, and about as often right as wrong.

/** A generator of numbers from 0 up to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Scope {
  random: () => number;
  names: string[];
  inObject: boolean;
  depth: number;
}

function pick<T>({ random }: Scope, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

function times(scope: Scope, most: number, make: (index: number) => string): string[] {
  return Array.from({ length: Math.floor(scope.random() * (most + 1)) }, (_, index) => make(index));
}

const numbers = ['0', '1', '2', '3', '-1', '0.5', '10', '255', '1e3', '1e-3', '3.14159', '9007199254740991', '1e100'];
const texts = ["''", "'a'", "'b'", "'abc'", "'A-b_c'", "'%s'", "'%d'", "'x%5.2fy'", "'é'", "'\\u0000'", "'𝒳y'"].concat([
  "'a,b,c'",
  "'\\n'",
  "' pad '",
  "'true'",
  "'12'",
  "'0x1f'",
  "'\\ud83d\\ude00'",
  '|||\n  text\n  block\n|||',
]);
const fieldNames = ['a', 'b', 'c', 'd', "'x y'"];

/** Functions of the standard library with the kinds of their arguments: any, array, string, number, object, function of n. */
const library = (
  'length:y type:y toString:y isString:y isNumber:y isArray:y isObject:y isFunction:y isBoolean:y prune:y manifestJson:y ' +
  'manifestJsonMinified:y manifestPython:y escapeStringJson:y escapeStringBash:y escapeStringXML:y md5:s sha256:s ' +
  'asciiUpper:s asciiLower:s stringChars:s codepoint:s parseInt:s parseHex:s parseOctal:s base64:s encodeUTF8:s trim:s ' +
  'isEmpty:s reverse:a sort:a uniq:a set:a flattenArrays:a sum:a avg:a all:a any:a minArray:a maxArray:a lines:a ' +
  'flattenDeepArray:a deepJoin:a abs:n sign:n floor:n ceil:n sqrt:n exp:n log:n sin:n cos:n tan:n asin:n acos:n atan:n ' +
  'mantissa:n exponent:n round:n isEven:n isOdd:n isInteger:n isDecimal:n char:n log2:n log10:n objectFields:o ' +
  'objectFieldsAll:o objectValues:o objectKeysValues:o manifestYamlDoc:y manifestTomlEx:os manifestJsonEx:ys split:ss ' +
  'substr:snn startsWith:ss endsWith:ss findSubstr:ss strReplace:sss splitLimit:ssn splitLimitR:ssn lstripChars:ss ' +
  'rstripChars:ss stripChars:ss equalsIgnoreCase:ss repeat:yn join:sa format:sy member:ay count:ay find:ya contains:ay ' +
  'remove:ay removeAt:an range:nn makeArray:n1 map:1a mapWithIndex:2a filter:1a foldl:2ay foldr:2ay flatMap:1a ' +
  'filterMap:11a mapWithKey:2o setUnion:aa setInter:aa setDiff:aa setMember:ya objectHas:os objectHasAll:os get:osy ' +
  'mergePatch:yy objectRemoveKey:os max:nn min:nn clamp:nnn pow:nn modulo:nn hypot:nn atan2:nn xor:bb xnor:bb slice:annn ' +
  'equals:yy assertEqual:yy mod:yy parseJson:s parseYaml:s decodeUTF8:a base64Decode:s base64DecodeBytes:s resolvePath:ss'
)
  .split(' ')
  .map((each) => each.split(':') as [string, string]);

/** A program of a size that go-jsonnet evaluates in milliseconds. */
export function generateProgram(seed: number): string {
  const scope: Scope = { random: randomOf(seed), names: [], inObject: false, depth: 0 };
  return expression(scope, 'y');
}

function inner(scope: Scope, changes: Partial<Scope> = {}): Scope {
  return { ...scope, depth: scope.depth + 1, ...changes };
}

/** An expression that is mostly of the kind asked for. */
function expression(scope: Scope, kind: string): string {
  if (scope.depth > 6) return leaf(scope, kind);
  const deeper = inner(scope);
  // Now and then something of another kind.
  const wanted = scope.random() < 0.04 ? pick(scope, ['y', 'a', 's', 'n', 'o', 'b', '1']) : kind;
  const general: (() => string)[] = [
    () => leaf(scope, wanted),
    () => leaf(scope, wanted),
    () => local(deeper, wanted),
    () => `(if ${expression(deeper, 'b')} then ${expression(deeper, wanted)} else ${expression(deeper, wanted)})`,
    () => call(deeper, wanted),
    () => `(assert ${expression(deeper, 'b')}; ${expression(deeper, wanted)})`,
  ];
  const special: Record<string, (() => string)[]> = {
    n: [
      () =>
        `(${expression(deeper, 'n')} ${pick(scope, ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>'])} ${expression(deeper, 'n')})`,
      () => `${pick(scope, ['-', '+', '~'])}${expression(deeper, 'n')}`,
      () => `std.length(${expression(deeper, pick(scope, ['a', 's', 'o']))})`,
    ],
    s: [
      () => `(${expression(deeper, 's')} + ${expression(deeper, 'y')})`,
      () => `(${pick(scope, texts)} % ${expression(deeper, pick(scope, ['y', 'a', 'n']))})`,
      () =>
        `${expression(deeper, 's')}[${expression(deeper, 'n')}:${scope.random() < 0.5 ? expression(deeper, 'n') : ''}]`,
      () => `std.toString(${expression(deeper, 'y')})`,
    ],
    b: [
      () => `(${expression(deeper, 'y')} ${pick(scope, ['==', '!='])} ${expression(deeper, 'y')})`,
      () => `(${expression(deeper, 'n')} ${pick(scope, ['<', '<=', '>', '>='])} ${expression(deeper, 'n')})`,
      () => `(${expression(deeper, 'b')} ${pick(scope, ['&&', '||'])} ${expression(deeper, 'b')})`,
      () => `!${expression(deeper, 'b')}`,
      () => `(${pick(scope, texts)} in ${expression(deeper, 'o')})`,
    ],
    a: [
      () => array(deeper),
      () => array(deeper),
      () => `(${expression(deeper, 'a')} + ${expression(deeper, 'a')})`,
      () => comprehension(deeper),
      () => `${expression(deeper, 'a')}[${expression(deeper, 'n')}::${scope.random() < 0.3 ? '2' : ''}]`,
    ],
    o: [
      () => object(deeper),
      () => object(deeper),
      () => `(${expression(deeper, 'o')} + ${expression(deeper, 'o')})`,
      () => `${object(deeper)} ${object(deeper)}`,
      () => objectComprehension(deeper),
    ],
    1: [() => lambda(deeper, 1)],
    2: [() => lambda(deeper, 2)],
    y: [
      () => expression(scope, pick(scope, ['n', 's', 'b', 'a', 'o'])),
      () => expression(scope, pick(scope, ['n', 's', 'b', 'a', 'o'])),
      () => `${expression(deeper, 'a')}[${expression(deeper, 'n')}]`,
      () => `${expression(deeper, 'o')}.${pick(scope, ['a', 'b', 'c', 'd'])}`,
      () => `${expression(deeper, '1')}(${expression(deeper, 'y')})`,
    ],
  };
  const own = special[wanted]!;
  if (wanted === '1' || wanted === '2') return own[0]!();
  return pick(scope, scope.random() < 0.6 ? own : general)();
}

function leaf(scope: Scope, kind: string): string {
  if (scope.names.length > 0 && scope.random() < 0.3) return pick(scope, scope.names);
  if (scope.inObject && scope.random() < 0.15) {
    return pick(scope, ['self.a', 'self.b', '$.c', 'super.a', "(if 'a' in super then super.a else 0)", 'self', '$.d']);
  }
  switch (kind) {
    case 'n':
      return pick(scope, numbers);
    case 's':
      return pick(scope, texts);
    case 'b':
      return pick(scope, ['true', 'false']);
    case 'a':
      return pick(scope, ['[]', '[1, 2, 3]', "['a', 'b']", '[[1], []]', '[true, false]', "['b', 'a', 'b']"]);
    case 'o':
      return pick(scope, ['{}', '{ a: 1 }', '{ b:: 2, c: self.b }', "{ a+: 1, ['x y']: null }", '{ a: { b: 1 } }']);
    case '1':
      return '(function(x) x)';
    case '2':
      return '(function(x, y) x)';
    default:
      return pick(scope, ['null', '1', "'a'", 'true', '[]', '{}']);
  }
}

function local(scope: Scope, kind: string): string {
  const name = `v${scope.depth}`;
  if (scope.random() < 0.4) {
    const body = expression(inner(scope, { names: [...scope.names, 'p'] }), kind);
    const result = expression(inner(scope), kind);
    const argument = expression(inner(scope), 'y');
    return `(local ${name}(p, q=${expression(inner(scope), 'n')}) = ${body}; ${scope.random() < 0.5 ? result : `${name}(${argument})`})`;
  }
  const value = expression(inner(scope), pick(scope, ['n', 's', 'a', 'o', 'y']));
  return `(local ${name} = ${value}; ${expression(inner(scope, { names: [...scope.names, name] }), kind)})`;
}

function call(scope: Scope, kind: string): string {
  const [name, parameters] = pick(scope, library);
  void kind;
  return `std.${name}(${[...parameters].map((each) => expression(inner(scope), each)).join(', ')})`;
}

function array(scope: Scope): string {
  return `[${times(scope, 4, () => expression(inner(scope), 'y')).join(', ')}]`;
}

function lambda(scope: Scope, parameters: 1 | 2): string {
  const names = ['x', 'y'].slice(0, parameters);
  return `(function(${names.join(', ')}) ${expression(inner(scope, { names: [...scope.names, ...names] }), 'y')})`;
}

function comprehension(scope: Scope): string {
  const within = inner(scope, { names: [...scope.names, 'e'] });
  const condition = scope.random() < 0.4 ? ` if ${expression(within, 'b')}` : '';
  return `[${expression(within, 'y')} for e in ${expression(inner(scope), 'a')}${condition}]`;
}

function objectComprehension(scope: Scope): string {
  const within = inner(scope, { names: [...scope.names, 'k'] });
  const value = expression(inner(within, { inObject: true }), 'y');
  return `{ ['k' + std.toString(k)]: ${value} for k in ${pick(scope, ['[1, 2]', "['a', 'b']", 'std.range(1, 3)'])} }`;
}

function object(scope: Scope): string {
  const within = inner(scope, { inObject: true });
  const used = new Set<string>();
  const members = times(scope, 4, () => {
    const name = pick(scope, fieldNames);
    const chance = scope.random();
    if (chance < 0.08) return `assert ${expression(within, 'b')}`;
    if (chance < 0.16) return `local o${used.size} = ${expression(within, 'y')}`;
    if (used.has(name)) return '';
    used.add(name);
    if (chance < 0.24) return `[${pick(scope, ["'z'", 'null', "'w' + 1"])}]: ${expression(within, 'y')}`;
    if (chance < 0.32) return `m${used.size}(x):: ${expression(inner(within, { names: [...within.names, 'x'] }), 'y')}`;
    return `${name}${pick(scope, [':', ':', ':', '::', ':::', '+:', '+::'])} ${expression(within, 'y')}`;
  });
  const names = new Set<string>();
  const unique = members.filter((member) => {
    const key = /^(?:local (\w+)|(\w+)\()/.exec(member)?.[0] ?? member;
    if (member === '' || names.has(key)) return false;
    names.add(key);
    return true;
  });
  return `{ ${unique.join(', ')} }`;
}
