import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Path of a program on PATH or where `go install` puts it; null when it isn't installed. */
export const findProgram = (name: string): string | null => {
  const folders = [...(process.env['PATH'] ?? '').split(':'), path.join(homedir(), 'go/bin')];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  return found !== undefined && spawnSync(found, ['-h']).error === undefined ? found : null;
};

interface Bundle {
  definitions: Record<string, unknown>;
  kinds: Record<string, { definition: string }>;
}

const references = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map((match) => match[1]!);

// Only what a kind needs: with all definitions in each file kubeconform would read 370 kB per kind.
const closed = (bundle: Bundle, root: string): object => {
  const needed = new Set([root]);
  for (const name of needed) for (const other of references(bundle.definitions[name])) needed.add(other);
  const definitions = Object.fromEntries([...needed].map((name) => [name, bundle.definitions[name]]));
  return { $schema: 'http://json-schema.org/draft-07/schema#', definitions, $ref: `#/definitions/${root}` };
};

/** Writes our schemas of one minor as kubeconform wants them; returns its `-schema-location`. */
export const writeKubeconformSchemas = (root: string, minor: string, directory: string): string => {
  const bundle: Bundle = JSON.parse(readFileSync(path.join(root, 'schemas/kubernetes', `${minor}.json`), 'utf8'));
  mkdirSync(directory, { recursive: true });
  for (const [kind, { definition }] of Object.entries(bundle.kinds)) {
    const parts = kind.toLowerCase().split('/');
    const [group, version, name] = parts.length === 3 ? parts : ['', ...parts];
    const suffix = group === '' ? version : `${group!.split('.')[0]}-${version}`;
    writeFileSync(path.join(directory, `${name}-${suffix}.json`), JSON.stringify(closed(bundle, definition)));
  }
  return path.join(directory, '{{.ResourceKind}}{{.KindSuffix}}.json');
};
