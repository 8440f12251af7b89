import type { Node } from '../syntax/ast.ts';
import { positionsOf, type Position } from '../syntax/positions.ts';
import type { Code } from './value.ts';

/** One source text, parsed and checked; it holds nothing of any evaluation, so all evaluations of a process share it. */
export interface Unit {
  /** For messages. */
  name: string;
  /** What the resolver of imports knows the file by; empty for a text that is no file. */
  path: string;
  source: string;
  root: Node;
  /** The compiled program, made when it is first evaluated. */
  code: Code | undefined;
  positionAt: (offset: number) => Position;
}

export function makeUnit(name: string, path: string, source: string, root: Node): Unit {
  return { name, path, source, root, code: undefined, positionAt: positionsOf(source) };
}
