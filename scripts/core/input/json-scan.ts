/* oxlint-disable no-control-regex -- control characters are what it looks for */
// A JSON scanner for what JSON.parse does not tell: where things stand, and keys that are there twice.

export interface JsonVisitor {
  /** `keys` holds the keys of the object so far. */
  onKey?(key: string, offset: number, keys: Set<string>): void;
  /** `path` is that of the value from the value where the scan began; it changes as the scan goes on. */
  onValue?(path: readonly (string | number)[], offset: number): void;
}

/** Walks a JSON text in order. Throws a ScanError at the first character that is not JSON. */
export function scanJson(text: string, visitor: JsonVisitor): void {
  const end = scanJsonValue(text, 0, visitor);
  const rest = /\S/.exec(text.slice(end));
  if (rest !== null) throw new ScanError(end + rest.index);
}

/** Walks the one value that begins at an offset, and returns the offset behind it. */
export function scanJsonValue(text: string, from: number, { onKey, onValue }: JsonVisitor): number {
  const token =
    /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null))/y;
  token.lastIndex = from;
  const path: (string | number)[] = [];
  const take = (): { mark: string; offset: number; text: string } => {
    const behind = token.lastIndex;
    const match = token.exec(text);
    if (match === null)
      throw new ScanError(behind + /^[ \t\n\r]*/.exec(text.slice(behind, behind + 10_000))![0].length);
    const found = match[1] ?? match[2] ?? match[3]!;
    return {
      mark: match[1] ?? (match[2] === undefined ? 'literal' : 'string'),
      offset: token.lastIndex - found.length,
      text: found,
    };
  };
  const value = (first = take()): void => {
    onValue?.(path, first.offset);
    if (first.mark === '{') members();
    else if (first.mark === '[') elements();
    else if (first.mark !== 'string' && first.mark !== 'literal') throw new ScanError(first.offset);
  };
  const members = (): void => {
    const keys = new Set<string>();
    for (let next = take(); next.mark !== '}' || keys.size > 0; next = take()) {
      if (next.mark !== 'string') throw new ScanError(next.offset);
      const key = JSON.parse(next.text) as string;
      onKey?.(key, next.offset, keys);
      keys.add(key);
      const colon = take();
      if (colon.mark !== ':') throw new ScanError(colon.offset);
      path.push(key);
      value();
      path.pop();
      const end = take();
      if (end.mark === '}') return;
      if (end.mark !== ',') throw new ScanError(end.offset);
    }
  };
  const elements = (): void => {
    let next = take();
    for (let i = 0; next.mark !== ']' || i > 0; i++, next = take()) {
      path.push(i);
      value(next);
      path.pop();
      const end = take();
      if (end.mark === ']') return;
      if (end.mark !== ',') throw new ScanError(end.offset);
    }
  };
  value();
  return token.lastIndex;
}

/** Carries the offset of the first character that is not JSON. */
export class ScanError extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('not JSON');
    this.offset = offset;
  }
}

/** The index behind the closing quote of the string that opens at `quote`; -1 when it never closes. */
export function stringEnd(text: string, quote: number): number {
  let close = quote;
  while (true) {
    close = text.indexOf('"', close + 1);
    if (close === -1) return -1;
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
}
