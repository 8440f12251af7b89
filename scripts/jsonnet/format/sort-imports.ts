// Imports at the top of a file, `local x = import '…';` and nothing else, in groups that blank lines or comments part: each
// group is sorted by path, with the comments at its lines, and binds one name per `local`.
import { Kind } from '../syntax/ast.ts';
import { append, concat, ensureLineEnd, FodderKind, lineEndFodder, type Fodder } from './fodder.ts';
import type { BindDoc, Doc, ImportDoc, LocalDoc } from './tree.ts';
import { firstOf, openFodder } from './walk.ts';

interface ImportLine {
  path: string;
  bind: BindDoc;
  /** What stands between it and the next one's `local`. */
  after: Fodder;
}

export function sortImports(root: Doc): Doc {
  return isImports(root) ? sortGroup(root, root.head.fodder) : root;
}

function isImports(doc: Doc): doc is LocalDoc {
  return (
    doc.kind === Kind.Local &&
    doc.binds.every(({ parameters, value }) => parameters === undefined && value.kind === Kind.Import)
  );
}

function sortGroup(first: LocalDoc, open: Fodder): Doc {
  const lines: ImportLine[] = [];
  let local = first;
  for (;;) {
    const [after, beforeNext] = splitFodder(openFodder(local.body));
    ensureLineEnd(after);
    lines.push(...importLines(local.binds, after));
    if (!isImports(local.body) || partsGroups(local.body.head.fodder)) {
      if (new Set(lines.map(({ bind }) => bind.name.text)).size === lines.length) {
        lines.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
      }
      ensureLineEnd(beforeNext);
      const nextOpen = concat(lines.at(-1)!.after, beforeNext);
      const { body } = local;
      if (!isImports(body)) firstOf(body).head.fodder = nextOpen;
      return locals(lines, open, isImports(body) ? sortGroup(body, nextOpen) : body);
    }
    local = local.body;
  }
}

function locals(lines: ImportLine[], open: Fodder, body: Doc): Doc {
  return lines.reduceRight<Doc>((rest, { bind }, i) => {
    const head = { text: 'local', fodder: i === 0 ? open : lines[i - 1]!.after };
    return { kind: Kind.Local, head, binds: [{ ...bind, close: { ...bind.close, text: ';' } }], body: rest };
  }, body);
}

function importLines(binds: BindDoc[], last: Fodder): ImportLine[] {
  let before = binds[0]!.name.fodder;
  return binds.map((bind, i) => {
    const next = binds[i + 1];
    const [after, beforeNext] = next ? splitFodder(next.name.fodder) : [last, []];
    ensureLineEnd(after);
    const own = { ...bind, name: { ...bind.name, fodder: before } };
    before = beforeNext;
    return { path: (bind.value as ImportDoc).path.raw, bind: own, after };
  });
}

/** Parts what belongs to the token before, up to the first line end, from what belongs to the token after. */
function splitFodder(fodder: Fodder): [Fodder, Fodder] {
  const end = fodder.findIndex(({ kind }) => kind !== FodderKind.Interstitial);
  if (end === -1) return [[...fodder], []];
  const last = fodder[end]!;
  const after = [...fodder.slice(0, end), { ...last, blanks: 0 }];
  const before: Fodder = last.blanks > 0 ? [lineEndFodder(last.blanks, last.indent)] : [];
  for (const element of fodder.slice(end + 1)) append(before, element);
  return [after, before];
}

/** Whether there is more than the end of a line before the next `local`. */
function partsGroups(fodder: Fodder): boolean {
  const end = fodder.findIndex(({ kind }) => kind !== FodderKind.Interstitial);
  return end !== -1 && (fodder[end]!.blanks > 0 || end < fodder.length - 1);
}
