import type { Diagnostic } from './types.ts';

/** What evaluating an environment came to: the names of all apps, those parts that have a value, and those that failed. */
export interface Outcome {
  apps?: string[];
  parts?: { name: string; value: unknown }[];
  failed?: Map<string, Diagnostic>;
  /** Fails the environment as a whole. */
  fatal?: Diagnostic;
  /** Whether it may be kept: what a limit cut short may not. */
  keep: boolean;
}

/** Stands for the capacity among the parts; no app can be called so. */
export const capacityPart = '#capacity';
