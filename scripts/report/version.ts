import { readFileSync } from 'node:fs';

/** The version of the toolchain. */
export function toolVersion(): string {
  // In a clone this file lies in scripts/report/, bundled it lies in dist/.
  const here = import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json';
  return (JSON.parse(readFileSync(new URL(here, import.meta.url), 'utf8')) as { version: string }).version;
}
