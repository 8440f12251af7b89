import { readFileSync, statSync } from 'node:fs';
import { cacheKey, readEntry, sha256, writeEntry, type Cache } from './cache.ts';

/** SHA-256 of files, each read at most once in a run. */
export interface FileHashes {
  /** Of the file with this absolute path, or undefined where there is none that can be read. */
  of(path: string): string | undefined;
  /** Of JSON data that is the same for many environments of a run, such as what a folder holds: made once for each name. */
  once(name: string, make: () => unknown): string;
  /** As the files are now: looks at each again, and reads those that have changed or may have. */
  afresh(): FileHashes;
  /** Keeps for the next run what this one has read. */
  save(): void;
}

/** By absolute path: what the file system said of a file, and its hash. */
type Index = Map<string, [signature: string, hash: string]>;

/**
 * How long a file must have been at rest before its hash is kept, in milliseconds: file systems tell time in steps, and of
 * two changes in one step the second would go unseen. Two seconds is the coarsest step in use.
 */
const settled = 2000;

/** Files whose hashes are kept at most: a few repositories' worth. */
const most = 20_000;

/** Hashes that are computed anew. */
export function newFileHashes(): FileHashes {
  return fileHashes(new Map(), () => {});
}

/**
 * Hashes that a cache keeps, as Git's index does: a file whose size, inode and times (the change time included, which no
 * tool can set) are as they were isn't read again.
 */
export function openFileHashes(cache: Cache | null): FileHashes {
  if (cache === null) return newFileHashes();
  const key = cacheKey('file-hashes');
  const index: Index = new Map(Object.entries((readEntry(cache, key) ?? {}) as Record<string, [string, string]>));
  // Files that are gone are forgotten all at once, now and then.
  const isFull = index.size >= most;
  return fileHashes(index, (news) => {
    const kept = isFull ? [...news].map((path) => [path, index.get(path)]) : index;
    writeEntry(cache, key, Object.fromEntries(kept));
  });
}

function fileHashes(index: Index, keep: (news: ReadonlySet<string>) => void): FileHashes {
  const known = new Map<string, string | undefined>();
  const made = new Map<string, string>();
  const news = new Set<string>();
  const compute = (path: string): string | undefined => {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return undefined;
      const { size, ino, mtimeMs, ctimeMs } = stats;
      const signature = `${size} ${ino} ${mtimeMs} ${ctimeMs}`;
      const entry = index.get(path);
      if (entry?.[0] === signature) return entry[1];
      const hash = sha256(readFileSync(path));
      if (ctimeMs < Date.now() - settled) {
        index.set(path, [signature, hash]);
        news.add(path);
      }
      return hash;
    } catch {
      return undefined;
    }
  };
  return {
    of(path) {
      if (!known.has(path)) known.set(path, compute(path));
      return known.get(path);
    },
    once(name, make) {
      let hash = made.get(name);
      if (hash === undefined) made.set(name, (hash = sha256(JSON.stringify(make()))));
      return hash;
    },
    afresh: () => fileHashes(index, () => {}),
    save() {
      if (news.size > 0) keep(news);
    },
  };
}
