import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from '../../../scripts/core/source-files.ts';

export interface Tree {
  name: string;
  root: string;
  /** Relative to `root`. */
  files: string[];
}

const extensions = ['.jsonnet', '.libsonnet'];

/** This repository's own Jsonnet, fixtures included. */
export function ownTree(): Tree {
  const root = join(import.meta.dirname, '../../..');
  return { name: 'this repository', root, files: sourceFiles(root, extensions) };
}

/** The sources of go-jsonnet 0.22 in Go's module cache, some 800 programs; undefined without Go, or without the module. */
export function goJsonnetTree(): Tree | undefined {
  const { stdout, status } = spawnSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const root = join(stdout.trim(), 'github.com/google/go-jsonnet@v0.22.0');
  return existsSync(root) ? { name: 'go-jsonnet', root, files: sourceFiles(root, extensions) } : undefined;
}
