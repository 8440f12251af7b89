import type { Node } from '../syntax/ast.ts';
import type { Scope } from './scope.ts';

/** A source as the rules read it. */
export interface Source {
  text: string;
  root: Node;
  /** Start and end of every token, one after the other. */
  tokens: number[];
  scope: Scope;
  /** Every expression, outer ones first. */
  nodes: Node[];
}

/** Something found; `start` and `end` are offsets into the source. */
export interface Found {
  message: string;
  /** How to mend it. */
  hint: string;
  start: number;
  end: number;
}

export interface Rule {
  /** In kebab-case; docs/rules/<name>.md explains it. */
  name: string;
  /** An error fails when it is evaluated, or is refused by an engine. */
  severity: 'error' | 'warning';
  summary: string;
  find: (source: Source) => Found[];
}
