import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Environment } from '../types.ts';

/** The file of an environment beside main.jsonnet: `<Secret>: { <key>: <value> }`, sealed by SOPS. */
export const secretsFileName = 'secrets.sops.yaml';

export interface SecretsFile {
  /** Absolute path. */
  path: string;
  /** The same relative to the repository, for messages. */
  shown: string;
  /** Sealed; undefined when there is no such file. */
  text: string | undefined;
}

export function readSecretsFile({ root, directory }: Pick<Environment, 'root' | 'directory'>): SecretsFile {
  const path = join(directory, secretsFileName);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  return { path, shown: relative(root, path).replaceAll('\\', '/'), text };
}
