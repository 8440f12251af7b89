// A structure is either on one line, as far as its own parts go, or has a line for each of them.
import { Kind } from '../syntax/ast.ts';
import { ensureLineEnd, hasLineEnd, type Fodder } from './fodder.ts';
import type { Doc, ParametersDoc } from './tree.ts';
import { openFodder, parameterLists, rewrite } from './walk.ts';

export function fixNewlines(root: Doc): void {
  rewrite(root, (doc) => {
    switch (doc.kind) {
      case Kind.Array:
        expandAll([...doc.elements.map(({ value }) => openFodder(value)), doc.close.fodder]);
        break;
      case Kind.Object:
        expandAll([...doc.members.map(({ value }) => value.head.fodder), doc.close.fodder]);
        break;
      case Kind.ArrayComprehension: {
        const specs = doc.specs.map(({ head }) => head.fodder);
        expandAll([openFodder(doc.body.value), ...specs, doc.close.fodder]);
        break;
      }
      case Kind.ObjectComprehension: {
        const members = doc.members.map(({ value }) => value.head.fodder);
        expandAll([...members, ...doc.specs.map(({ head }) => head.fodder), doc.close.fodder]);
        break;
      }
      case Kind.Parens:
        expandAll([openFodder(doc.inner), doc.close.fodder]);
        break;
      case Kind.Local: {
        const names = doc.binds.map(({ name }) => name.fodder);
        if (names.some(hasLineEnd)) names.slice(1).forEach(ensureLineEnd);
        break;
      }
      case Kind.Apply: {
        const parts = doc.arguments.map(({ value }) => (value.name ? value.name.fodder : openFodder(value.value)));
        expandList(parts, doc.close.fodder);
        break;
      }
    }
    for (const list of parameterLists(doc)) expandParameters(list);
    return doc;
  });
}

function expandAll(places: Fodder[]): void {
  if (places.some(hasLineEnd)) places.forEach(ensureLineEnd);
}

function expandParameters(parameters: ParametersDoc): void {
  expandList(
    parameters.list.map(({ value }) => value.name.fodder),
    parameters.close.fodder,
  );
}

/** In a list in parentheses the lines between the parts and those at the parentheses are two things. */
function expandList([first, ...others]: Fodder[], close: Fodder): void {
  const isOpen = hasLineEnd(close) || (first !== undefined && hasLineEnd(first));
  if (others.some(hasLineEnd)) others.forEach(ensureLineEnd);
  if (!isOpen) return;
  if (first) ensureLineEnd(first);
  ensureLineEnd(close);
}
