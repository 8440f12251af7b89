import { Kind, StringForm } from '../syntax/ast.ts';
import { escapeString, stringValue } from '../syntax/strings.ts';
import type { Doc, StringDoc } from './tree.ts';
import { rewrite } from './walk.ts';

/** Writes quoted strings in one kind of quote, in the other where that spares an escape; with both quotes in it one stays as it is. */
export function enforceStringStyle(root: Doc, style: 'single' | 'double'): void {
  rewrite(root, (doc) => {
    if (doc.kind === Kind.String && doc.form <= StringForm.Double) restyle(doc, style === 'single');
    return doc;
  });
}

function restyle(doc: StringDoc, isSingle: boolean): void {
  const value = stringValue(`'${doc.raw}'`, doc.form, 0, doc.raw.length + 2);
  const hasSingle = value.includes("'");
  const hasDouble = value.includes('"');
  if (hasSingle && hasDouble) return;
  const useSingle = hasDouble || (isSingle && !hasSingle);
  doc.raw = escapeString(value, useSingle);
  doc.form = useSingle ? StringForm.Single : StringForm.Double;
}

/** Gives every string token its text. */
export function writeStrings(root: Doc): void {
  rewrite(root, (doc) => {
    if (doc.kind === Kind.String) doc.head.text = literal(doc);
    return doc;
  });
}

function literal({ form, raw, indent, terminator }: StringDoc): string {
  switch (form) {
    case StringForm.Single:
      return `'${raw}'`;
    case StringForm.Double:
      return `"${raw}"`;
    case StringForm.VerbatimSingle:
      return `@'${raw.replaceAll("'", "''")}'`;
    case StringForm.VerbatimDouble:
      return `@"${raw.replaceAll('"', '""')}"`;
    case StringForm.Block: {
      const chomps = !raw.endsWith('\n');
      const lines = (chomps ? raw : raw.slice(0, -1)).replaceAll('\r', '').split('\n');
      // A block needs one line that shows its indentation; jsonnetfmt writes a broken one here.
      const isBlank = lines.every((line) => line === '');
      const body = lines.map((line, i) =>
        line === '' && !(isBlank && i === lines.length - 1) ? '\n' : `${indent}${line}\n`,
      );
      return `|||${chomps ? '-' : ''}\n${body.join('')}${terminator}|||`;
    }
  }
}
