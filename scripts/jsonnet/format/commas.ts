import { Kind } from '../syntax/ast.ts';
import { concat, hasLineEnd } from './fodder.ts';
import type { Doc, Item, Tok } from './tree.ts';
import { rewrite } from './walk.ts';

/** A list over several lines ends in a comma, one on a line doesn't, nor does what a comprehension repeats. */
export function fixTrailingCommas(root: Doc): void {
  rewrite(root, (doc) => {
    if (doc.kind === Kind.Array) fixComma(doc.elements.at(-1), doc.close);
    else if (doc.kind === Kind.Object) fixComma(doc.members.at(-1), doc.close);
    else if (doc.kind === Kind.ArrayComprehension) removeComma(doc.body, doc.specs[0]!.head);
    else if (doc.kind === Kind.ObjectComprehension) removeComma(doc.members.at(-1)!, doc.specs[0]!.head);
    return doc;
  });
}

function fixComma(last: Item<unknown> | undefined, close: Tok): void {
  if (last === undefined) return;
  const { comma } = last;
  const isNeeded = hasLineEnd(close.fodder) || (comma !== undefined && hasLineEnd(comma.fodder));
  if (comma === undefined) {
    if (isNeeded) last.comma = { text: ',', fodder: [] };
  } else if (!isNeeded) removeComma(last, close);
  else if (hasLineEnd(comma.fodder)) {
    close.fodder = concat(comma.fodder, close.fodder);
    comma.fodder = [];
  }
}

function removeComma(last: Item<unknown>, following: Tok): void {
  if (last.comma === undefined) return;
  following.fodder = concat(last.comma.fodder, following.fodder);
  last.comma = undefined;
}
