import { FodderKind, type Fodder } from './fodder.ts';
import type { FormatOptions } from './options.ts';
import { walkTokens } from './tokens.ts';
import type { Doc } from './tree.ts';

/** The text of a tree and of the fodder after it, with one line end at the end. */
export function print(root: Doc, final: Fodder, options: FormatOptions): string {
  let text = '';
  walkTokens(root, options, (token, isCrowded, isSeparate) => {
    fill(token.fodder, isCrowded, isSeparate, false);
    text += token.text;
  });
  fill(final, true, false, true);
  const last = final.at(-1);
  return last === undefined || last.kind === FodderKind.Interstitial ? `${text}\n` : text;

  function fill(fodder: Fodder, isCrowded: boolean, isSeparate: boolean, isFinal: boolean): void {
    let crowded = isCrowded;
    let indent = 0;
    for (const [i, element] of fodder.entries()) {
      if (element.kind === FodderKind.Interstitial) {
        text += (crowded ? ' ' : '') + element.comment[0]!;
        crowded = true;
        continue;
      }
      if (element.kind === FodderKind.Paragraph) {
        for (const [n, line] of element.comment.entries()) {
          if (line !== '') text += (n > 0 ? ' '.repeat(indent) : '') + line;
          text += '\n';
        }
      } else {
        if (element.comment.length > 0) text += `  ${element.comment[0]}`;
        text += '\n';
      }
      if (!isFinal || i < fodder.length - 1) text += '\n'.repeat(element.blanks) + ' '.repeat(element.indent);
      indent = element.indent;
      crowded = false;
    }
    if (isSeparate && crowded) text += ' ';
  }
}
