import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { secretsFiles } from '../secrets/files.ts';
import { unsealedFindings } from '../secrets/unsealed.ts';
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
