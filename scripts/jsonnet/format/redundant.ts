import { Kind } from '../syntax/ast.ts';
import { concat } from './fodder.ts';
import type { Doc } from './tree.ts';
import { rewrite } from './walk.ts';

/** `(e)` for `((e))`, however many there are. */
export function fixParens(root: Doc): void {
  rewrite(root, (doc) => {
    if (doc.kind !== Kind.Parens) return doc;
    while (doc.inner.kind === Kind.Parens) {
      const { head, inner, close } = doc.inner;
      doc.head.fodder = concat(head.fodder, doc.head.fodder);
      doc.close.fodder = concat(close.fodder, doc.close.fodder);
      doc.inner = inner;
    }
    return doc;
  });
}

/** `a[1:]` for `a[1::]`. */
export function fixSlices(root: Doc): void {
  rewrite(root, (doc) => {
    if (doc.kind !== Kind.Slice || doc.step !== undefined || doc.stepColon === undefined) return doc;
    doc.close.fodder = concat(doc.stepColon.fodder, doc.close.fodder);
    doc.stepColon = undefined;
    return doc;
  });
}
