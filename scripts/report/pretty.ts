import { styleText } from 'node:util';
import type { Diagnostic } from '../core/types.ts';
import { fileLocation, manifestName, relatedLines } from './context.ts';
import type { Reporter } from './context.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** For people: grouped by environment (or file), app and manifest, ending in a count. Empty for no findings. */
export const pretty: Reporter = (diagnostics, { color = false }) => {
  if (diagnostics.length === 0) return '';
  // The caller has decided about colours; styleText's own look at stdout would overrule it.
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const lines: string[] = [];
  let opened: string[] = [];
  for (const diagnostic of diagnostics) {
    const headings = headingsOf(diagnostic);
    const differs = headings.findIndex((heading, depth) => heading !== opened[depth]);
    const from = differs === -1 ? headings.length : differs;
    if (from === 0 && lines.length > 0) lines.push('');
    headings.slice(from).forEach((heading, i) => {
      lines.push(indent(from + i) + paint(from + i === 0 ? ['bold', 'underline'] : 'bold', heading));
    });
    opened = headings;
    lines.push(...findingLines(diagnostic, headings.length, paint));
  }
  return `${[...lines, '', paint('bold', countLine(diagnostics))].join('\n')}\n`;
};

function headingsOf(diagnostic: Diagnostic): string[] {
  const { env, app, file, manifest } = diagnostic;
  const place = [env ?? file, app, manifest && manifestName(manifest)];
  return place.filter((part) => part !== undefined);
}

function findingLines(diagnostic: Diagnostic, depth: number, paint: Paint): string[] {
  const isError = diagnostic.severity === 'error';
  const mark = paint(isError ? 'red' : 'yellow', isError ? 'error' : 'warning');
  const [first = '', ...rest] = diagnostic.message.split('\n');
  const lines = [`${indent(depth)}${mark} ${first} ${paint('dim', `[${diagnostic.rule}]`)}`];
  const inner = indent(depth + 1);
  lines.push(...rest.map((line) => inner + line));
  const location = fileLocation(diagnostic);
  // The heading says the file already when there is no environment; a line number adds to it.
  const at = [diagnostic.pointer, diagnostic.env !== undefined || diagnostic.line !== undefined ? location : undefined];
  const known = at.filter((part) => part !== undefined && part !== '');
  if (known.length > 0) lines.push(inner + paint('dim', `at ${known.join('  ')}`));
  lines.push(...(diagnostic.frame?.split('\n') ?? []).map((line) => inner + paint('dim', line)));
  lines.push(...relatedLines(diagnostic).map((line) => inner + paint('dim', line)));
  if (diagnostic.hint !== undefined) {
    lines.push(
      ...diagnostic.hint.split('\n').map((line, i) => inner + paint('cyan', `${i === 0 ? '→' : ' '} ${line}`)),
    );
  }
  return lines;
}

function countLine(diagnostics: Diagnostic[]): string {
  const errors = diagnostics.filter((d) => d.severity === 'error').length;
  const parts = [plural(errors, 'error'), plural(diagnostics.length - errors, 'warning')];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
