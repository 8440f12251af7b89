import { styleText } from 'node:util';
import type { Answer } from '../core/why/answer.ts';
import type { Place } from '../core/why/app.ts';
import type { Quoted } from '../core/why/explain.ts';
import type { SettingRead, Setter } from '../core/why/settings.ts';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Lists in the text longer than this are cut; `--format json` has all of them. */
const longest = 12;

/** An explanation for people. */
export function whyText(answer: Answer, color: boolean): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const { env, app, manifest, pointer, fields, setBy, overrides, settings, madeOf } = answer;
  const title = paint('bold', `${manifest}${pointer === '' ? '' : `#${pointer}`}`);
  const value = answer.value === undefined ? '' : ` = ${shown(answer.value)}`;
  const [first, ...others] = setBy;
  const chain = answer.chain.filter(({ file, line }) => file !== first?.file || line !== first.line);
  return [
    `${title}${value} ${paint('dim', `(${env}, app ${app})`)}`,
    '',
    `${paint('cyan', 'set at')} ${locationOf(first!)}`,
    ...answer.frame.split('\n').filter((line) => line !== ''),
    ...section('adding to', others.map(quotedLine), paint),
    ...section('replacing', overrides.map(quotedLine), paint),
    ...section('value from', chain.map(quotedLine), paint),
    ...section('made of', madeOf.map(quotedLine), paint),
    ...section('settings read', settingLines(settings, answer, paint), paint, settings.length * 9),
    ...section(
      'fields',
      aligned(
        fields.map((field) => [
          field.pointer,
          field.value === undefined ? '' : shown(field.value),
          locationOf(field.setBy),
        ]),
      ),
      paint,
      fields.length,
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[], paint: Paint, most: number = longest): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length > most ? [`  … and ${lines.length - most} more`] : [];
  return ['', paint('cyan', title), ...lines.slice(0, most).map((line) => `  ${line}`), ...rest];
}

function settingLines(settings: readonly SettingRead[], { env, folder }: Answer, paint: Paint): string[] {
  return settings.flatMap(({ name, value, setBy, overrides }) => [
    `${paint('bold', name)} = ${shown(value)}`,
    ...setBy.map(
      (setter) => `  ${locationOf(setter)}  ${setter.file.startsWith(`${folder}/`) ? `environment ${env}` : 'default'}`,
    ),
    ...overrides.map((setter) => `  ${locationOf(setter)}  replaced${replacedValue(setter)}`),
  ]);
}

function replacedValue({ value }: Setter): string {
  return value === undefined ? '' : `: ${shown(value)}`;
}

function locationOf({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function quotedLine(quoted: Quoted): string {
  return `${locationOf(quoted)}  ${cut(quoted.text)}`;
}

/** A value on one line. */
function shown(value: unknown): string {
  return cut(JSON.stringify(value) ?? 'nothing');
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Columns of equal width; empty ones in every row are left out. */
function aligned(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2].map((column) => Math.min(60, Math.max(0, ...rows.map((row) => row[column]!.length))));
  return rows.map((row) =>
    row
      .filter((_, column) => widths[column]! > 0)
      .map((cell, column, all) => (column === all.length - 1 ? cell : cell.padEnd(widths[row.indexOf(cell)]!)))
      .join('  '),
  );
}
