// `npm run e2e -- up`: a rig that stays, for a person.
import { join } from 'node:path';
import { contextVariables, type Context } from '../context.ts';
import { spawnIsolated } from '../rig/isolate.ts';

/** Starts a rig for one environment and waits until it ends, which it does at Ctrl-C. Returns the exit code. */
export function up(context: Context, say: (line: string) => void): Promise<number> {
  const inside = join(import.meta.dirname, 'up-inside.ts');
  const child = spawnIsolated([process.execPath, '--import', 'tsx', inside], {
    env: { ...process.env, ...contextVariables(context) },
    stdio: 'inherit',
  });
  say(`environment ${context.environment}; logs in ${context.folder}; Ctrl-C ends it`);
  say(`to enter it: nsenter --target ${child.pid} --net --mount`);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 0));
  });
}
