import { StringForm } from '../jsonnet/syntax/ast.ts';
import { JsonnetSyntaxError } from '../jsonnet/syntax/errors.ts';
import { close, end, next, open, start, token } from '../jsonnet/syntax/lexer.ts';
import { positionsOf } from '../jsonnet/syntax/positions.ts';
import { stringValue } from '../jsonnet/syntax/strings.ts';
import { Token } from '../jsonnet/syntax/token.ts';

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

/** By hash of the source. */
const known = new Map<string, ImportStatement[]>();

/** The imports of a source with this hash. Environments share most of their sources, so they are looked for once. */
export function importsIn(source: string, hash: string): ImportStatement[] {
  let found = known.get(hash);
  if (found === undefined) known.set(hash, (found = importsOf(source)));
  return found;
}

/**
 * Every import of a Jsonnet source, in the order of the text, those in unused branches included. Import paths are literals by
 * the language's own rule, so its tokens are enough; what follows a token that is none is left to the engines, which report it
 * with the grammar at hand.
 */
export function importsOf(source: string): ImportStatement[] {
  // Most sources of a repository are leaves: one search spares them the lexer.
  if (!source.includes('import')) return [];
  const found: ImportStatement[] = [];
  const positionOf = positionsOf(source);
  try {
    open(source);
    while (token !== Token.End) {
      const kind = kinds[token - Token.Import];
      const at = start;
      next();
      if (kind !== undefined) found.push({ kind, path: literalPath(source), ...positionOf(at) });
    }
  } catch (error) {
    if (!(error instanceof JsonnetSyntaxError)) throw error;
  } finally {
    close();
  }
  return found;
}

/** In the order of `Token`. */
const kinds: readonly ImportKind[] = ['import', 'importstr', 'importbin'];

/** Takes a literal path. `import 'a' + b` and `import 'a'.b` bind as `import ('a' + b)`: it must stand alone. */
function literalPath(source: string): string | undefined {
  if (token < Token.SingleQuoted || token > Token.VerbatimDouble) return undefined;
  const path = stringValue(source, (token - Token.SingleQuoted) as StringForm, start, end);
  next();
  return isContinued() ? undefined : path;
}

/** Whether the token goes on with the expression before it. */
function isContinued(): boolean {
  switch (token) {
    case Token.Colon:
    case Token.DoubleColon:
    case Token.TripleColon:
      return false;
    case Token.Dot:
    case Token.BracketLeft:
    case Token.ParenLeft:
    case Token.BraceLeft:
      return true;
    default:
      return token <= Token.OtherOperator;
  }
}
