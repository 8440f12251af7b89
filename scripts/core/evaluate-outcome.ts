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

/** Stands for what Terraform and kind are given. */
export const infrastructurePart = '#infrastructure';

/** Whether a part is no app. */
export function isSlice(part: string | undefined): boolean {
  return part === capacityPart || part === infrastructurePart;
}

/** Jsonnet that gives the part {@link infrastructurePart}; `false` where the cluster object has no such slice. */
export const infrastructureProgram = `
  local cluster = import 'cluster.libsonnet';
  if !std.objectHasAll(cluster, 'terraform') then false
  else { terraform: cluster.terraform, kind: if cluster.infrastructure.target == 'kind' then cluster.kind else null }`;
