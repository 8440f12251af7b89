import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Engine } from './engine.ts';
import { UsageError } from './errors.ts';

/**
 * libjsonnet through @hanazuki/node-jsonnet. What starts its processes is loaded with the first evaluation: a run that
 * finds everything in the cache needs only the name and the version.
 */
export function nodeJsonnet(): Engine {
  return {
    name: 'node-jsonnet',
    version: installedVersion(),
    evaluate: async (request) => (await import('./engine-node-jsonnet-run.ts')).evaluateInChild(request),
  };
}

/** Both without the package and with one whose native part wasn't built. */
export function engineMissing(): UsageError {
  return new UsageError(
    'the Jsonnet engine @hanazuki/node-jsonnet is not installed; `npm ci` says what it needs, and --engine typescript needs nothing',
  );
}

/** Read from the package's files: loading the addon to ask it would cost every command that needs no evaluation. */
function installedVersion(): string {
  try {
    const main = createRequire(import.meta.url).resolve('@hanazuki/node-jsonnet');
    const manifest = readFileSync(join(dirname(main), '..', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    throw engineMissing();
  }
}
