// The file in which a record lies between a loss and the comparison after it.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, errorCode } from '../errors.ts';
import type { Record } from './record.ts';

/** What must be remembered over a rebirth that is interrupted. */
export interface Drill {
  kind: 'orderly' | 'abrupt';
  record: Record;
  /** When the cluster ended, in seconds since 1970. */
  died: number;
  /** Is the old cluster gone? */
  ended: boolean;
}

export function drillFile(root: string, environment: string): string {
  return join(root, 'rendered', `rebirth-${environment}.json`);
}

/** Writes it whole or not at all. */
export function saveDrill(path: string, drill: Drill): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(drill)}\n`);
  renameSync(unfinished, path);
}

/** Undefined when there is none. */
export function loadDrill(path: string): Drill | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Drill;
  } catch {
    throw new UsageError(`${path}: not JSON, so nothing can be compared with it; delete it to begin anew`);
  }
}

export function forgetDrill(path: string): void {
  rmSync(path, { force: true });
}
