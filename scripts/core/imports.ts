import { tokenize, type Token } from './tokenizer.ts';

export type ImportKind = 'import' | 'importstr' | 'importbin';

/** One import as it is written in a source. */
export interface ImportStatement {
  kind: ImportKind;
  /** The literal path, or undefined where the path is computed: no engine accepts that. */
  path: string | undefined;
  /** 1-based position of the keyword. */
  line: number;
  column: number;
}

/** Every import of a Jsonnet source, in the order of the text, those in unused branches included. */
export function importsOf(source: string): ImportStatement[] {
  // Most sources of a repository are leaves: one search spares them the tokenizer.
  if (!source.includes('import')) return [];
  const found: ImportStatement[] = [];
  const tokens = [...tokenize(source)];
  const position = positions(source);
  tokens.forEach((token, index) => {
    const kind = importKind(source, token);
    if (kind === undefined) return;
    const path = literalPath(source, tokens[index + 1], tokens[index + 2]);
    found.push({ kind, path, ...position(token.start) });
  });
  return found;
}

function importKind(source: string, token: Token): ImportKind | undefined {
  if (token.kind !== 'identifier') return undefined;
  const word = source.slice(token.start, token.end);
  return word === 'import' || word === 'importstr' || word === 'importbin' ? word : undefined;
}

/** `import 'a' + b` and `import 'a'.b` bind as `import ('a' + b)`: the literal must stand alone. */
function literalPath(source: string, literal: Token | undefined, following: Token | undefined): string | undefined {
  if (literal?.kind !== 'string') return undefined;
  if (following !== undefined) {
    const text = source.slice(following.start, following.end);
    const extends_ = following.kind === 'operator' ? !text.startsWith(':') : ['.', '[', '(', '{', 'in'].includes(text);
    if (extends_) return undefined;
  }
  return unquote(source.slice(literal.start, literal.end));
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unquote(literal: string): string {
  if (literal.startsWith('@')) {
    const quote = literal.charAt(1);
    return literal.slice(2, -1).replaceAll(quote + quote, quote);
  }
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code: string | undefined, letter: string) =>
      code === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

/** A function from ascending offsets to 1-based line and column, one pass over the text for all of them. */
function positions(source: string): (offset: number) => { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (let end = source.indexOf('\n', lineStart); end !== -1 && end < offset; end = source.indexOf('\n', lineStart)) {
      line++;
      lineStart = end + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}
