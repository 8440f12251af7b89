import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

/** Set by the bundler to a hash of the bundled sources. */
declare const REKINDLE_BUILD: string | undefined;

/** Identifies the code that runs: a cached result is reused only by the code that made it. */
export const buildId = typeof REKINDLE_BUILD === 'string' ? REKINDLE_BUILD : hashOfSources();

function hashOfSources(): string {
  const hash = createHash('sha256');
  const folder = new URL('.', import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(new URL(name, folder)));
  }
  return hash.digest('hex');
}
