// `// rekindle-lint-disable-line <rule>, <rule>` at the end of a line hides the findings of these rules on that line.
import type { Position } from '../syntax/positions.ts';

export interface Suppression extends Position {
  rules: string[];
  /** Of the comment's words, for a finding about it. */
  start: number;
  end: number;
}

const marker = 'rekindle-lint-disable-line';

/** The suppressions of a source, from its comments. `tokens` are the start and end of every token. */
export function suppressionsOf(
  source: string,
  tokens: readonly number[],
  positionOf: (offset: number) => Position,
): Suppression[] {
  const found: Suppression[] = [];
  for (let at = source.indexOf(marker); at !== -1; at = source.indexOf(marker, at + 1)) {
    if (isInToken(at, tokens)) continue;
    const [text = '', names = ''] =
      /^rekindle-lint-disable-line([ \t]+[a-z-]+(?:[ \t,]+[a-z-]+)*)?/.exec(source.slice(at)) ?? [];
    const rules = names.split(/[ \t,]+/).filter((name) => name !== '');
    found.push({ ...positionOf(at), rules, start: at, end: at + text.length });
  }
  return found;
}

function isInToken(offset: number, tokens: readonly number[]): boolean {
  for (let i = 0; i < tokens.length; i += 2) {
    if (tokens[i]! > offset) return false;
    if (offset < tokens[i + 1]!) return true;
  }
  return false;
}
