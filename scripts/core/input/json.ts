// JSON files of manifests. JSON.parse is the fast and exact reader; what it hides (duplicate keys, positions) a scanner
// finds, and only when there is something to find.
import { ScanError, scanJson, stringEnd } from './json-scan.ts';
import type { Position, RawDocument, TextFinding } from './raw.ts';

/** The one value of a JSON file, or what is wrong with its text. */
export function readJson(text: string): { documents: RawDocument[]; findings: TextFinding[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, message } = syntaxError(text);
    return { documents: [], findings: [{ rule: 'input-syntax', severity: 'error', message, ...positionAt(text, offset) }] };
  }
  return { documents: [{ value, locate: (steps) => locate(text, steps) }], findings: duplicateKeys(text, value) };
}

/** A duplicate key leaves fewer keys in the value than colons in the text; counting both is far cheaper than a scan. */
function duplicateKeys(text: string, value: unknown): TextFinding[] {
  if (countKeys(value) === countColons(text)) return [];
  const findings: TextFinding[] = [];
  scanJson(text, {
    onKey(key, offset, keys) {
      if (!keys.has(key)) return;
      findings.push({
        rule: 'duplicate-key',
        severity: 'error',
        message: `the key "${key}" is there twice in one object`,
        hint: 'remove one of them: the API server refuses the object',
        ...positionAt(text, offset),
      });
    },
  });
  return findings;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) count += countKeys(value[i]);
    return count;
  }
  for (const key of Object.keys(value)) count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}

/** Colons outside strings, in text that is known to be JSON. */
function countColons(text: string): number {
  let count = 0;
  let i = 0;
  while (true) {
    const quote = text.indexOf('"', i);
    const end = quote === -1 ? text.length : quote;
    for (let c = i; c < end; c++) if (text.charCodeAt(c) === 58) count++;
    if (quote === -1) return count;
    i = stringEnd(text, quote);
  }
}

function syntaxError(text: string): { offset: number; message: string } {
  try {
    scanJson(text, {});
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const found = text.slice(error.offset, error.offset + 12).split('\n')[0]!;
    return { offset: error.offset, message: error.offset >= text.length ? 'the JSON ends too early' : `not JSON from "${found}" on` };
  }
  return { offset: 0, message: 'not JSON' };
}

/** Where the value at a path begins, or the deepest part of the path that is there. */
function locate(text: string, steps: string[]): Position {
  let offset = 0;
  let depth = -1;
  scanJson(text, {
    onValue(path, at) {
      if (path.length > depth && path.length <= steps.length && path.every((step, i) => `${step}` === steps[i])) {
        depth = path.length;
        offset = at;
      }
    },
  });
  return positionAt(text, offset);
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
