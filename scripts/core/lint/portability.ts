// What only one of the two Jsonnet engines understands, found in the tokens of a source.
import { positions } from '../input/positions.ts';
import { didYouMean } from '../suggest.ts';
import { tokenize } from '../tokenizer.ts';
import type { Token } from '../tokenizer.ts';
import type { Diagnostic } from '../types.ts';
import { commonStd, goOnlyStd, unportableStd } from './std-functions.ts';

type Found = { at: number; message: string; hint?: string };

/** Findings of the rule `portability` in a Jsonnet source. `file` is its path relative to the repository. */
export function checkPortability(source: string, file: string): Diagnostic[] {
  const tokens = [...tokenize(source)];
  const positionOf = positions(source);
  const found = [...stdFindings(source, tokens), ...literalFindings(source, tokens), ...sliceFindings(source, tokens)];
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...rest }) => ({ rule: 'portability', severity: 'error', ...rest, file, ...positionOf(at) }));
}

function* stdFindings(source: string, tokens: Token[]): Generator<Found> {
  const text = (i: number) => source.slice(tokens[i]?.start, tokens[i]?.end);
  for (const [i, token] of tokens.entries()) {
    // `x.std.y` is a field of x, and a field called std is no standard library.
    if (text(i) !== 'std' || token.kind !== 'identifier' || text(i + 1) !== '.' || text(i - 1) === '.') continue;
    const name = text(i + 2);
    const at = tokens[i + 2]?.start ?? token.start;
    const reason = Object.hasOwn(unportableStd, name) ? unportableStd[name] : undefined;
    if (reason !== undefined) yield { at, message: `std.${name} gives not the same everywhere`, hint: reason };
    else if (goOnlyStd.includes(name)) {
      yield {
        at,
        message: `std.${name} is not in libjsonnet 0.20, only in go-jsonnet`,
        hint: 'write it with what both engines have',
      };
    } else if (!commonStd.includes(name)) {
      yield { at, message: `there is no std.${name}`, hint: didYouMean(name, commonStd) };
    }
  }
}

function* literalFindings(source: string, tokens: Token[]): Generator<Found> {
  for (const { kind, start, end } of tokens) {
    if (kind === 'block' && source.startsWith('|||-', start)) {
      yield {
        at: start,
        message: 'libjsonnet 0.20 does not know |||-',
        hint: 'use ||| and std.rstripChars(…, "\\n"), or a quoted string',
      };
    }
    if (kind === 'number' && source.slice(start, end).includes('_')) {
      yield {
        at: start,
        message: 'libjsonnet 0.20 does not know underscores in numbers',
        hint: `write ${source.slice(start, end).replaceAll('_', '')}`,
      };
    }
  }
}

/** `a[-1:]` and `a[:-1]` count from the end in go-jsonnet and are refused by libjsonnet. */
function* sliceFindings(source: string, tokens: Token[]): Generator<Found> {
  const open: { start: number; isSlice: boolean; negative: number | undefined }[] = [];
  let atStart = false;
  for (const { start, end } of tokens) {
    const text = source.slice(start, end);
    const top = open.at(-1);
    if ('[{('.includes(text)) open.push({ start, isSlice: false, negative: undefined });
    else if (']})'.includes(text)) {
      const closed = open.pop();
      if (text === ']' && closed?.isSlice && closed.negative !== undefined) {
        yield {
          at: closed.negative,
          message: 'libjsonnet 0.20 has no slices that count from the end',
          hint: 'count with std.length',
        };
      }
    } else if (top !== undefined && source[top.start] === '[') {
      if (atStart && text.startsWith('-')) top.negative ??= start;
      if (/^:+-?$/.test(text)) top.isSlice = true;
      if (/^:+-$/.test(text)) top.negative ??= start;
    }
    atStart = text === '[' || /^:+$/.test(text);
  }
}
