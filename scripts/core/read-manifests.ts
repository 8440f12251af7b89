import { isUtf8 } from 'node:buffer';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError, errorCode } from './errors.ts';
import { readJson } from './input/json.ts';
import type { Position, RawDocument, TextFinding } from './input/raw.ts';
import { unseal } from './input/sops.ts';
import { readYaml } from './input/yaml.ts';
import type { Diagnostic, Manifest } from './types.ts';
import { isFields, itemsOf, pointer, textOf } from './rules/values.ts';

/** One manifest of a file. */
export interface ReadManifest {
  manifest: Manifest;
  /** As given on the command line, or below the folder given there. */
  file: string;
  /** Where a part of it stands in the file. Reads the document again, so only findings should ask. */
  locate(pointer: string): Position | undefined;
}

export interface ReadResult {
  manifests: ReadManifest[];
  /** Files that hold something else, or whose text is wrong. */
  diagnostics: Diagnostic[];
  /** Every file that was read, in order. */
  files: string[];
}

/** What a folder is searched for. */
const extensions = ['.yaml', '.yml', '.json'];

/**
 * Reads manifests from files and folders (recursively, files by name, hidden ones left out); `-` is standard input.
 * Documents of a file and items of a List become manifests of their own. A path that does not exist is a usage error.
 */
export function readManifests(paths: readonly string[]): ReadResult {
  const result: ReadResult = { manifests: [], diagnostics: [], files: [] };
  for (const file of new Set(paths.flatMap(filesOf))) readFile(file, result);
  if (result.files.length === 0) throw new UsageError(`no ${extensions.join(', ')} file in ${paths.join(', ')}`);
  return result;
}

function filesOf(path: string): string[] {
  if (path === '-') return [path];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`${path}: no such file or folder`);
  return stat.isDirectory() ? filesBelow(path) : [path];
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  );
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return extensions.some((extension) => entry.name.endsWith(extension)) ? [path] : [];
    });
}

function readFile(path: string, result: ReadResult): void {
  const file = path === '-' ? 'standard input' : relative('', path).startsWith('..') ? path : relative('', path);
  result.files.push(file);
  const report = (finding: Omit<TextFinding, 'rule' | keyof Position> & Partial<Position> & { rule: string }) =>
    result.diagnostics.push({ ...finding, file });
  const text = decode(path);
  if (text === undefined) {
    report({ rule: 'input-syntax', severity: 'error', message: 'the file is not UTF-8', hint: 'save it as UTF-8' });
    return;
  }
  // Standard input may be either; YAML that begins like this is flow style, which the YAML reader takes as well.
  const isJson = file.endsWith('.json') || (path === '-' && /^\s*[{[]/.test(text));
  const { documents, findings } = isJson ? readJson(text) : readYaml(text);
  for (const finding of findings) report(finding);
  for (const document of documents) addDocument(document, file, result);
}

/** Invalid UTF-8 gives undefined: replacing it in silence would check something else than what is deployed. */
function decode(path: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw new UsageError(`${path}: can't be read (${errorCode(error) ?? 'unknown error'})`);
  }
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function addDocument(document: RawDocument, file: string, result: ReadResult): void {
  const add = (value: unknown, steps: (string | number)[]): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) add(item, [...steps, i]);
    } else if (value !== null && !addList(value, steps)) addManifest(value, steps);
  };
  const addList = (value: unknown, steps: (string | number)[]): boolean => {
    // `kind: ConfigMapList` and the like are Lists as well; a custom kind may end so too, but has no items.
    if (!isFields(value) || !`${value.kind}`.endsWith('List') || !Array.isArray(value.items)) return false;
    for (const [i, item] of itemsOf(value.items).entries()) add(item, [...steps, 'items', i]);
    return true;
  };
  const addManifest = (value: unknown, steps: (string | number)[]): void => {
    const locate = (at: string) => document.locate([...steps.map(String), ...stepsOf(at)]);
    const missing = ['apiVersion', 'kind'].filter((field) => !isFields(value) || !textOf(value[field]));
    if (missing.length === 0) {
      result.manifests.push({ manifest: unseal(value as Manifest), file, locate });
      return;
    }
    const at = pointer(...steps);
    result.diagnostics.push({
      rule: 'not-a-manifest',
      severity: 'error',
      message: isFields(value)
        ? `an object without ${missing.join(' and ')}`
        : `${describe(value)} instead of an object`,
      hint: 'every manifest says apiVersion and kind; leave other files out',
      file,
      ...(at !== '' && { pointer: at }),
      ...locate(''),
    });
  };
  add(document.value, []);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function stepsOf(at: string): string[] {
  return at === ''
    ? []
    : at
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
