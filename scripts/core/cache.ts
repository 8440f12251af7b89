import * as crypto from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildId } from './build.ts';
import type { FileHashes } from './file-hashes.ts';
import type { ImportGraph } from './graph.ts';

/** A folder of results that can be computed again. Losing it costs time, never correctness. */
export interface Cache {
  /** Absolute path. */
  directory: string;
}

/** The cache of a repository: `$REKINDLE_CACHE`, or `.cache/rekindle` in it. */
export function openCache(root: string): Cache {
  return { directory: process.env.REKINDLE_CACHE || join(root, '.cache', 'rekindle') };
}

/** A key that changes with every part and with the code that runs. */
export function cacheKey(...parts: unknown[]): string {
  return sha256(JSON.stringify([buildId, ...parts]));
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return crypto.hash('sha256', content);
}

/** The value stored under a key, or undefined. An entry that is damaged, cut or filed under another key is a miss. */
export function readEntry(cache: Cache, key: string): unknown {
  const path = join(cache.directory, key);
  // Most entries that are asked for in a first run aren't there, and an error costs more than a look.
  if (!existsSync(path)) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const body = text.slice(digestLength);
  if (text.slice(0, digestLength) !== digest(key, body)) return undefined;
  return JSON.parse(body);
}

/**
 * Stores a value as JSON. What is cut short, by a full disk or a signal, is a miss, as its digest says. Where nothing can be
 * written (a read-only checkout) nothing is kept: a cache that doesn't work is no reason to fail.
 */
export function writeEntry(cache: Cache, key: string, value: unknown): void {
  writeJson(cache, key, JSON.stringify(value));
}

/** The same for a value that is JSON already. */
export function writeJson(cache: Cache, key: string, body: string): void {
  const path = join(cache.directory, key);
  try {
    open(cache);
    writeFileSync(path, digest(key, body) + body);
  } catch {
    opened.delete(cache.directory);
    removeQuietly(path);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder itself is no folder.
  }
}

const digestLength = 64;

/** The key is part of the digest, so that an entry renamed to another key isn't believed. */
function digest(key: string, body: string): string {
  return sha256(`${key}\n${body}`);
}

/** What the cache may hold in all: some tens of states of a repository with several environments. */
const capacityBytes = 128 * 1024 * 1024;

const opened = new Set<string>();

/** Makes the folder and removes its oldest entries beyond the capacity: once per run is enough, and a run may write hundreds. */
function open({ directory }: Cache): void {
  if (opened.has(directory)) return;
  mkdirSync(directory, { recursive: true });
  opened.add(directory);
  const entries = readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, size: stats.size, time: stats.mtimeMs }];
  });
  let total = 0;
  for (const { path, size } of entries.sort((a, b) => b.time - a.time)) {
    total += size;
    if (total > capacityBytes) rmSync(path, { force: true });
  }
}

/** What a result was computed from: the files with their hashes, and the places where no file was. */
export interface Inputs {
  files: [path: string, hash: string][];
  absent: string[];
}

export function inputsOf(graph: ImportGraph): Inputs {
  return { files: [...graph.files.values()].map(({ path, hash }) => [path, hash]), absent: [...graph.absent].sort() };
}

/**
 * Whether every input is as it was. If so, the whole import graph is as it was: an import can only lead elsewhere when a
 * file that was read changes or a file appears where none was.
 */
export function inputsUnchanged(root: string, inputs: Inputs, hashes: FileHashes): boolean {
  const unchanged = inputs.files.every(([path, hash]) => hashes.of(`${root}/${path}`) === hash);
  return unchanged && !inputs.absent.some((path) => existsSync(`${root}/${path}`));
}
