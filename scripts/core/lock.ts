import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError, errorCode } from './errors.ts';

/** Who holds a lock. A process is alive only as itself: its pid may have gone to another one since. */
interface Holder {
  pid: number;
  host: string;
  started: string;
}

const pollMilliseconds = 50;

/**
 * Holds the lock file `path` while `work` runs. Another process that holds it is waited for, at most `seconds`; then a
 * usage error names it. The lock of a process that died is taken over.
 */
export async function withLock<T>(path: string, seconds: number, work: () => T): Promise<T> {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) } satisfies Holder);
  const deadline = performance.now() + seconds * 1000;
  while (!tryLock(path, own)) {
    const holder = removeIfDead(path);
    if (holder === undefined) continue;
    if (performance.now() > deadline) {
      throw new UsageError(
        `${path}: locked by process ${holder.pid} on ${holder.host}; wait for it to end, or delete the file if that process is gone`,
      );
    }
    await sleep(pollMilliseconds);
  }
  const release = (): void => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** A hard link comes into being with its content: nobody ever reads a lock that is half written. */
function tryLock(path: string, own: string): boolean {
  const candidate = `${path}.${process.pid}`;
  writeFileSync(candidate, own);
  try {
    linkSync(candidate, path);
    return true;
  } catch (error) {
    // The holder tidies the folder up, and may take the candidate for a dead run's.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(candidate, { force: true });
  }
}

/** Removes the lock of a dead process. Returns its holder when it lives. */
function removeIfDead(path: string): Holder | undefined {
  const text = read(path);
  if (text === undefined) return undefined;
  const holder = parse(text);
  if (holder !== undefined && alive(holder)) return holder;
  // Between the reading and the renaming somebody else may have cleared the same lock and taken it: then it goes back.
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
  return undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** Nothing can be said of a process on another host: it counts as alive. */
function alive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  return startOf(pid) === started;
}

/** When a process started, in clock ticks since boot; empty where /proc doesn't say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  } catch {
    return '';
  }
}
