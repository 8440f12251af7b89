import { join } from 'node:path';
import { sourceFiles } from '../../../scripts/core/source-files.ts';
import { moduleFolder } from '../conformance/cases.ts';

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

/** The sources of go-jsonnet 0.22, some 800 programs; undefined without Go, or without a proxy that has the module. */
export function goJsonnetTree(): Tree | undefined {
  const root = moduleFolder();
  return root === null ? undefined : { name: 'go-jsonnet', root, files: sourceFiles(root, extensions) };
}
