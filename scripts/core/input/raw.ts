import type { Position } from '../../jsonnet/syntax/positions.ts';
import type { Severity } from '../types.ts';

export type { Position };

/** One document of a file: any JSON value, and where its parts stand. */
export interface RawDocument {
  value: unknown;
  /** The position of the value at these unescaped JSON Pointer steps, or of the deepest part that is there. May be slow. */
  locate(steps: string[]): Position | undefined;
}

/** What is wrong with the text of a file, whatever it means. */
export interface TextFinding extends Position {
  rule: 'input-syntax' | 'duplicate-key' | 'yaml-boolean';
  severity: Severity;
  message: string;
  hint?: string;
}
