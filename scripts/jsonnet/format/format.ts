import { withinStack } from '../syntax/errors.ts';
import { build } from './build.ts';
import { enforceCommentStyle, enforceMaxBlankLines } from './comments.ts';
import { fixTrailingCommas } from './commas.ts';
import { FodderKind } from './fodder.ts';
import { fixIndentation } from './indent.ts';
import { prettyFieldNames } from './names.ts';
import { fixNewlines } from './newlines.ts';
import { defaultOptions, type FormatOptions } from './options.ts';
import { addPlus, removePlus } from './plus.ts';
import { print } from './print.ts';
import { fixParens, fixSlices } from './redundant.ts';
import { sortImports } from './sort-imports.ts';
import { enforceStringStyle, writeStrings } from './string-style.ts';
import { openFodder } from './walk.ts';

/** What jsonnetfmt gives in one pass is not always what it gives in two: comments in odd places settle within three. */
const maxPasses = 5;

/**
 * Formats a Jsonnet source as jsonnetfmt 0.22 does, as often as it takes until nothing changes; what is not named in `style`
 * is at its defaults. The result means what the source means. Throws JsonnetSyntaxError for what is no Jsonnet.
 */
export function formatJsonnet(source: string, style: Partial<FormatOptions> = {}): string {
  const options: FormatOptions = { ...defaultOptions, ...style };
  let text = source;
  for (let i = 0; i < maxPasses; i++) {
    const formatted = withinStack(
      () => formatOnce(text, options),
      () => ({ start: 0, end: source.length }),
    );
    if (formatted === text) break;
    text = formatted;
  }
  return text;
}

function formatOnce(source: string, options: FormatOptions): string {
  const { root: built, final } = build(source);
  let root = options.sortImports ? sortImports(built) : built;
  const open = openFodder(root);
  while (open[0]?.kind === FodderKind.LineEnd) open.shift();
  if (options.maxBlankLines > 0) enforceMaxBlankLines(root, final, options);
  fixNewlines(root);
  fixTrailingCommas(root);
  fixParens(root);
  root = options.useImplicitPlus ? removePlus(root) : addPlus(root);
  fixSlices(root);
  if (options.prettyFieldNames) root = prettyFieldNames(root);
  if (options.stringStyle !== 'leave') enforceStringStyle(root, options.stringStyle);
  if (options.commentStyle !== 'leave') enforceCommentStyle(root, final, options);
  if (options.indent > 0) fixIndentation(root, final, options);
  const last = final.at(-1);
  if (last) last.blanks = 0;
  writeStrings(root);
  return print(root, final, options);
}
