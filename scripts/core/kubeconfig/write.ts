import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { UsageError, errorCode } from '../errors.ts';
import { firstLine } from './kubeconfig.ts';

/**
 * Writes a kubeconfig that nobody else may read. A file that is there is replaced when it was written by this, and left alone
 * otherwise: it may be the one with which people reach all their clusters.
 */
export function writeKubeconfig(path: string, text: string): void {
  if (!isOurs(path)) throw new UsageError(`${path} is there, and was not written by this command: choose another name`);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    // `wx` follows no link that somebody put there before.
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${path} can't be written (${code})`);
  }
}

/** Is there no file, or one of ours? */
function isOurs(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').startsWith(firstLine);
  } catch (error) {
    return errorCode(error) === 'ENOENT';
  }
}
