// JSON files of manifests. JSON.parse is the fast and exact reader; what it hides (duplicate keys, positions) a scanner
// finds, and only when there is something to find.
import { positionsOf } from '../../jsonnet/syntax/positions.ts';
import { ScanError, scanJson, scanJsonValue, stringEnd } from './json-scan.ts';
import type { Position, RawDocument, TextFinding } from './raw.ts';

/** The one value of a JSON file, or what is wrong with its text. */
export function readJson(text: string): { documents: RawDocument[]; findings: TextFinding[] } {
  const positionOf = positionsOf(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, message } = syntaxError(text);
    return { documents: [], findings: [{ rule: 'input-syntax', severity: 'error', message, ...positionOf(offset) }] };
  }
  return {
    documents: [{ value, locate: locator(text, positionOf) }],
    findings: duplicateKeys(text, value, positionOf),
  };
}

/** A duplicate key leaves fewer keys in the value than colons in the text; counting both is far cheaper than a scan. */
function duplicateKeys(text: string, value: unknown, positionOf: (offset: number) => Position): TextFinding[] {
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
        ...positionOf(offset),
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
  // What JSON.parse makes has no inherited fields, and for-in allocates no list of keys.
  for (const key in value) count += 1 + countKeys((value as Record<string, unknown>)[key]);
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
    return {
      offset: error.offset,
      message: error.offset >= text.length ? 'the JSON ends too early' : `not JSON from "${found}" on`,
    };
  }
  return { offset: 0, message: 'not JSON' };
}

/** How deep offsets are kept: enough for the items of a List, from where a scan is short. */
const indexedDepth = 2;

/** A function that says where the value at a path begins, or the deepest part of the path that is there. */
function locator(text: string, positionOf: (offset: number) => Position): (steps: string[]) => Position {
  let index: Map<string, number> | undefined;
  return (steps) => {
    index ??= shallowOffsets(text);
    let depth = Math.min(indexedDepth, steps.length);
    while (!index.has(JSON.stringify(steps.slice(0, depth)))) depth--;
    const from = index.get(JSON.stringify(steps.slice(0, depth)))!;
    const rest = steps.slice(depth);
    let offset = from;
    let reached = -1;
    scanJsonValue(text, from, {
      onValue(path, at) {
        if (path.length <= reached || path.length > rest.length || path.some((step, i) => `${step}` !== rest[i]))
          return;
        reached = path.length;
        offset = at;
      },
    });
    return positionOf(offset);
  };
}

function shallowOffsets(text: string): Map<string, number> {
  const offsets = new Map<string, number>();
  scanJson(text, {
    onValue(path, at) {
      if (path.length <= indexedDepth) offsets.set(JSON.stringify(path.map(String)), at);
    },
  });
  return offsets;
}
