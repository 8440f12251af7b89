import { styleText } from 'node:util';
import { structuredPatch } from 'diff';
import type { EnvironmentDiff, FieldChange, ManifestChange } from '../core/diff/types.ts';
import { manifestName } from './context.ts';

type Style = 'bold' | 'green' | 'red' | 'yellow' | 'dim' | 'underline';
type Paint = (style: Style, text: string) => string;

const marks = {
  added: ['green', '+'],
  removed: ['red', '-'],
  changed: ['yellow', '~'],
  moved: ['yellow', '~'],
} as const;

/** Differences for people: grouped by environment and app, fields with old and new value, ending in counts. */
export function diffText(diffs: readonly EnvironmentDiff[], color: boolean): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const blocks = diffs.map((diff) => {
    const lines: string[] = [];
    let app: string | undefined;
    if (diff.changes.length > 0) lines.push(paint('bold', diff.env));
    for (const change of diff.changes) {
      if (change.app !== app) lines.push(`  ${paint('bold', change.app)}`);
      app = change.app;
      lines.push(...manifestLines(change, paint));
    }
    lines.push(counts(diff));
    return lines.join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

function counts({ env, added, removed, changed, unchanged }: EnvironmentDiff): string {
  if (added + removed + changed === 0)
    return `${env}: no differences in ${unchanged} manifest${unchanged === 1 ? '' : 's'}`;
  const parts = [
    added && `${added} added`,
    removed && `${removed} removed`,
    changed && `${changed} changed`,
    `${unchanged} unchanged`,
  ];
  return `${env}: ${parts.filter((part) => part !== 0).join(', ')}`;
}

function manifestLines({ change, manifest, movedFrom, fields }: ManifestChange, paint: Paint): string[] {
  const [style, mark] = marks[change];
  const moved = movedFrom === undefined ? '' : paint('dim', ` (moved here from the app ${movedFrom})`);
  return [
    `    ${paint(style, `${mark} ${manifestName(manifest)}`)}${moved}`,
    ...fields.flatMap((field) => fieldLines(field, paint)),
  ];
}

function fieldLines(field: FieldChange, paint: Paint): string[] {
  const pad = ' '.repeat(10);
  const [style, mark] = marks[field.change];
  const title = `        ${paint(style, mark)} ${field.path}`;
  if (field.hidden) return [`${title} ${paint('dim', '(value not shown)')}`];
  if (field.change === 'moved')
    return [`${title} ${paint('dim', `(moved from position ${field.before} to ${field.after})`)}`];
  const { before, after } = field;
  if (typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n'))) {
    return [title, ...patchLines(before, after).map((line) => pad + paintLine(line, paint))];
  }
  const isShort = (value: unknown) => typeof value !== 'object' || value === null || JSON.stringify(value).length <= 60;
  if (field.change !== 'changed' && isShort(before) && isShort(after)) return [`${title}: ${show(before ?? after)}`];
  return [
    title,
    ...('before' in field ? [pad + paint('red', `- ${show(before)}`)] : []),
    ...('after' in field ? [pad + paint('green', `+ ${show(after)}`)] : []),
  ];
}

/** The changed lines of a text with three lines around them. */
function patchLines(before: string, after: string): string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  return hunks.flatMap(({ oldStart, newStart, lines }) => [`@@ line ${oldStart} → ${newStart} @@`, ...lines]);
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('dim', line) : line;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
