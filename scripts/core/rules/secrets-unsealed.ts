import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { secretsFilePattern, unsealedFindings } from '../secrets/unsealed.ts';
import type { Rule } from './rule.ts';

/** Files of secrets beside main.jsonnet that SOPS has not sealed. Names are told, never values. */
export const secretsUnsealed: Rule = {
  name: 'secrets-unsealed',
  summary: 'A file of secrets is not sealed by SOPS.',
  severity: 'error',
  *check({ env }) {
    if (env === undefined) return;
    for (const file of secretsFiles(env.directory)) {
      const path = join(env.directory, file);
      for (const { message, hint } of unsealedFindings(readFileSync(path, 'utf8'))) {
        yield { message, ...(hint !== undefined && { hint }), file: relative(env.root, path).replaceAll('\\', '/') };
      }
    }
  },
};

/** Every such file below the folder of an environment, sorted. */
export function secretsFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => secretsFilePattern.test(path))
    .sort();
}
