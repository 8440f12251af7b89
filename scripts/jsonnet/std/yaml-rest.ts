// What follows the node of a document is left alone, but it must begin like YAML: Go's reader takes tokens from it as long as
// the next could be the colon of a key, which stands in the same line.
import { readBlockScalar } from './yaml-block-scalar.ts';
import { readFlowPlain, readQuoted } from './yaml-flow.ts';
import {
  atDocumentEnd,
  checkPlainStart,
  columnOf,
  endsWord,
  isSimpleKey,
  mistake,
  peek,
  readWord,
  skipToContent,
  type Source,
} from './yaml-source.ts';

/** `isKey`: what stands before may be a key. */
export function checkRest(source: Source, isKey = false): void {
  skipToContent(source);
  const sign = peek(source);
  if (sign === '' || atDocumentEnd(source)) return;
  const isFirst = source.text.slice(source.at - columnOf(source), source.at).trim() === '';
  if (!isFirst && endsWord(source, 1)) {
    if (sign === '-') throw mistake(source, 'block sequence entries are not allowed in this context');
    if (sign === ':' && !isKey) throw mistake(source, 'mapping values are not allowed in this context');
  }
  if ('%@`'.includes(sign)) checkPlainStart(source);
  if (sign === '|' || sign === '>') readBlockScalar(source, -1);
  if (!`'"[{&*!`.includes(sign)) return;
  if (sign === "'" || sign === '"') readQuoted(source);
  else if (sign !== '[' && sign !== '{') readWord(source);
  else if (!skipFlow(source)) return;
  checkRest(source, true);
}

/** Skips a flow collection, whatever its parts are. Whether it may still be a key where this ends. */
function skipFlow(source: Source): boolean {
  const from = source.at;
  let depth = 0;
  do {
    skipToContent(source);
    const sign = peek(source);
    if (sign === '' || atDocumentEnd(source)) return false;
    if (sign === '[' || sign === '{') depth++;
    if (sign === ']' || sign === '}') depth--;
    if (sign === "'" || sign === '"') readQuoted(source);
    else if ('&*!'.includes(sign)) readWord(source);
    else if ('[]{},?:'.includes(sign) || (sign === '-' && endsWord(source, 1))) source.at++;
    else {
      readFlowPlain(source);
      // Its last line break belongs to it.
      if (peek(source) === '\n') return false;
    }
  } while (depth > 0 && isSimpleKey(source, from));
  return depth === 0;
}
