import { FodderKind, type Fodder, type FodderElement } from './fodder.ts';
import type { FormatOptions } from './options.ts';
import { walkTokens } from './tokens.ts';
import type { Doc } from './tree.ts';

/** Calls `change` for every line end and comment that is not in the middle of a line, in the order of the text. */
function eachElement(root: Doc, final: Fodder, options: FormatOptions, change: (element: FodderElement) => void): void {
  const each = (fodder: Fodder): void => {
    for (const element of fodder) if (element.kind !== FodderKind.Interstitial) change(element);
  };
  walkTokens(root, options, (token) => {
    if (!token.isFixed) each(token.fodder);
  });
  each(final);
}

export function enforceMaxBlankLines(root: Doc, final: Fodder, options: FormatOptions): void {
  eachElement(root, final, options, (element) => {
    element.blanks = Math.min(element.blanks, options.maxBlankLines);
  });
}

export function enforceCommentStyle(root: Doc, final: Fodder, options: FormatOptions): void {
  let isFirst = true;
  eachElement(root, final, options, (element) => {
    const [comment, ...others] = element.comment;
    if (comment !== undefined && others.length === 0) {
      const isHash = comment.startsWith('#');
      if (isFirst && isHash && comment.startsWith('#!') && options.commentStyle === 'slash') return;
      if (isHash && options.commentStyle === 'slash') element.comment = [`//${comment.slice(1)}`];
      if (!isHash && options.commentStyle === 'hash') element.comment = [`#${comment.slice(2)}`];
    }
    isFirst = false;
  });
}
