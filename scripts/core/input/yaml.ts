// YAML files of manifests: read as Kubernetes reads them, with the mistakes and traps that only the text shows.
import { LineCounter, isMap, isPair, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document, ScalarTag } from 'yaml';
import type { Position, RawDocument, TextFinding } from './raw.ts';
import { isBooleanTrap, plainScalar } from './yaml-scalar.ts';
import { readYamlSubset } from './yaml-subset.ts';

/** Every document of a YAML file that has content, in order. */
export function readYaml(text: string): { documents: RawDocument[]; findings: TextFinding[] } {
  const documents: RawDocument[] = [];
  const findings: TextFinding[] = [];
  for (const chunk of chunksOf(text)) {
    const quick = readYamlSubset(chunk.text);
    if (quick !== undefined) {
      documents.push({ value: quick.value, locate: (steps) => locateIn(chunk, 0, steps) });
      continue;
    }
    const { parsed, lines } = parse(chunk);
    for (const [i, document] of parsed.entries()) {
      const mistakes = mistakesIn(document).map((error) => findingOf(error, chunk, lines));
      findings.push(...mistakes, ...trapsOf(document, chunk, lines));
      if (mistakes.length > 0) continue;
      documents.push({ value: document.toJS({ maxAliasCount: 10_000 }), locate: (steps) => locateIn(chunk, i, steps) });
    }
  }
  return { documents, findings };
}

/** A part of a file that holds whole documents, nearly always one, and the number of lines before it. */
interface Chunk {
  text: string;
  linesBefore: number;
}

/** Cuts behind each `---` at the start of a line, which YAML allows nowhere inside a document. */
function* chunksOf(text: string): Generator<Chunk> {
  let from = 0;
  let linesBefore = 0;
  for (const { index } of text.matchAll(/^---(?=[ \t\r\n]|$)/gm)) {
    const chunk = text.slice(from, index);
    // A directive belongs to the document behind the `---`.
    if (/^%/m.test(chunk)) continue;
    if (chunk.trim() !== '') yield { text: chunk, linesBefore };
    linesBefore += lineBreaksIn(chunk);
    from = index + 3;
  }
  const rest = text.slice(from);
  if (rest.trim() !== '') yield { text: rest, linesBefore };
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) count++;
  return count;
}

/** One tag for all plain scalars, so that both readers resolve them by the same function. */
const plain: ScalarTag = {
  tag: 'tag:yaml.org,2002:plain',
  default: true,
  test: /^(?:[-+.~0-9ynYNtTfFoO].*)?$/s,
  resolve: plainScalar,
};

function parse(chunk: Chunk): { parsed: Document[]; lines: LineCounter } {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(chunk.text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'failsafe',
    customTags: (tags) => [...tags, plain],
    merge: true,
    logLevel: 'silent',
  });
  return { parsed: 'empty' in parsed ? [] : parsed, lines };
}

/** Every duplicate key, but only the first mistake of syntax: what follows it is noise. */
function mistakesIn({ errors }: Document): Document['errors'] {
  const syntax = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === syntax || error.code === 'DUPLICATE_KEY');
}

function findingOf(error: Document['errors'][number], chunk: Chunk, lines: LineCounter): TextFinding {
  const position = positionAt(error.pos[0], chunk, lines);
  if (error.code !== 'DUPLICATE_KEY') {
    const hint = chunk.text.includes('{{') ? { hint: 'it looks like a template: render it first' } : {};
    return { rule: 'input-syntax', severity: 'error', message: `not YAML: ${error.message}`, ...hint, ...position };
  }
  const key = /[^:\n]*/.exec(chunk.text.slice(error.pos[0], error.pos[0] + 300))?.[0].trim() ?? '';
  return {
    rule: 'duplicate-key',
    severity: 'error',
    message: `the key ${key === '' ? '' : `"${key.replace(/^["']|["']$/g, '')}" `}is there twice in one mapping`,
    hint: 'remove one of them: the API server refuses the object',
    ...position,
  };
}

/** Unquoted words such as `no` or `on`, which Kubernetes reads as booleans. */
function trapsOf(document: Document, chunk: Chunk, lines: LineCounter): TextFinding[] {
  const found: TextFinding[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (node.type !== 'PLAIN' || node.source === undefined || !isBooleanTrap(node.source) || node.tag !== undefined)
        return;
      found.push({
        rule: 'yaml-boolean',
        severity: 'warning',
        message: `Kubernetes reads the unquoted ${node.source} as ${plainScalar(node.source)}`,
        hint: `write "${node.source}" for the text, or ${plainScalar(node.source)} for the boolean`,
        ...positionAt(node.range?.[0] ?? 0, chunk, lines),
      });
    },
  });
  return found;
}

/** Where the value at a path stands; its key when it is a field. Parses the document again: only findings ask. */
function locateIn(chunk: Chunk, i: number, steps: string[]): Position | undefined {
  const { parsed, lines } = parse(chunk);
  let node: unknown = parsed[i]?.contents;
  let offset = rangeStart(node);
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && `${item.key.value}` === step);
      if (pair === undefined) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else {
      const item = (node as { items?: unknown[] } | null)?.items?.[Number(step)];
      if (item === undefined) break;
      offset = rangeStart(item) ?? offset;
      node = item;
    }
  }
  return offset === undefined ? undefined : positionAt(offset, chunk, lines);
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}

function positionAt(offset: number, chunk: Chunk, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: line + chunk.linesBefore, column: col };
}
