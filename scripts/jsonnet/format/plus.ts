import { Kind } from '../syntax/ast.ts';
import { precedence } from '../syntax/operators.ts';
import { concat } from './fodder.ts';
import type { ApplyBraceDoc, BinaryDoc, Doc } from './tree.ts';
import { rewrite } from './walk.ts';

/** `a { … }` for `a + { … }`, where `a` is a variable or something read out of another value. */
export function removePlus(root: Doc): Doc {
  return rewrite(root, (doc) => {
    if (doc.kind !== Kind.Binary || doc.operator.text !== '+' || doc.right.kind !== Kind.Object) return doc;
    const { left, right } = doc;
    if (left.kind !== Kind.Variable && left.kind !== Kind.Index && left.kind !== Kind.Field) return doc;
    right.head.fodder = concat(doc.operator.fodder, right.head.fodder);
    return { kind: Kind.ApplyBrace, left, right };
  });
}

/** `a + { … }` for `a { … }`, in parentheses where what is around it binds tighter than a plus. */
export function addPlus(root: Doc): Doc {
  return rewrite(root, (doc, parent) => {
    if (doc.kind !== Kind.ApplyBrace) return doc;
    const operator = { text: '+', fodder: [] };
    const sum: BinaryDoc = {
      kind: Kind.Binary,
      left: doc.left,
      operator,
      precedence: precedence.plus,
      right: doc.right,
    };
    if (parent === undefined || !needsParens(doc, parent)) return sum;
    return {
      kind: Kind.Parens,
      head: { text: '(', fodder: [] },
      inner: sum,
      close: { text: ')', fodder: [] },
    };
  });
}

function needsParens(doc: ApplyBraceDoc, parent: Doc): boolean {
  switch (parent.kind) {
    case Kind.Apply:
    case Kind.Index:
    case Kind.Field:
    case Kind.Slice:
      return parent.target === doc;
    case Kind.Binary:
      return parent.left === doc ? parent.precedence < precedence.plus : parent.precedence <= precedence.plus;
    case Kind.Unary:
      return true;
    default:
      return false;
  }
}
