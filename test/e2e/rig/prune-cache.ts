// Programs that nobody needs any more: each change of what one is made of leaves its folder in the cache.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { binaryPath, cacheFolder, readTools } from './tools.ts';

/** How long a program lies unused until it goes. Other checkouts may need it. */
const unusedDays = 30;

/** `<binary>-<version>-<hash>`, and nothing else that lies there. */
const isProgram = /-v\d+\.\d+\.\d+[^/]*-[0-9a-f]{16}$/;

/** Deletes the folders of programs that this checkout does not name and that no build asked for in 30 days. Returns their names. */
export function pruneCache(now = Date.now()): string[] {
  const folder = cacheFolder();
  if (!existsSync(folder)) return [];
  const named = new Set([...readTools().values()].map((tool) => basename(dirname(binaryPath(tool)))));
  const oldest = now - unusedDays * 24 * 60 * 60 * 1000;
  // Another run may delete at the same time.
  const usedAt = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now;
  const unused = readdirSync(folder).filter(
    (name) => isProgram.test(name) && !named.has(name) && usedAt(name) < oldest,
  );
  for (const name of unused) rmSync(join(folder, name), { recursive: true, force: true });
  return unused;
}
