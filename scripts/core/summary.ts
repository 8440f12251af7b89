import { formatBytes, formatShare, short } from './quantity.ts';
import { formatTable } from './table.ts';
import type { Capacity, Diagnostic } from './types.ts';

/** What one environment came to. */
export interface EnvironmentSummary {
  env: string;
  apps: number;
  manifests: number;
  /** Of the rendered files. */
  bytes: number;
  /** Wall time from discovery to the last check. */
  seconds: number;
  errors: number;
  warnings: number;
  capacity: Capacity | null;
}

/** Counts findings by severity, as a summary shows them. */
export function countFindings(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number } {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: diagnostics.length - errors };
}

/** The table that closes a render: one line per environment. */
export function formatSummary(summaries: readonly EnvironmentSummary[]): string {
  return formatTable(
    [
      { title: 'environment' },
      { title: 'apps', align: 'right' },
      { title: 'manifests', align: 'right' },
      { title: 'size', align: 'right' },
      { title: 'seconds', align: 'right' },
      { title: 'findings', align: 'right' },
      { title: 'CPU requested', align: 'right' },
      { title: 'memory requested', align: 'right' },
    ],
    summaries.map((summary) => [
      summary.env,
      String(summary.apps),
      String(summary.manifests),
      formatBytes(summary.bytes),
      summary.seconds.toFixed(2),
      formatFindings(summary),
      ...formatCapacity(summary.capacity),
    ]),
  );
}

function formatFindings({ errors, warnings }: EnvironmentSummary): string {
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => part !== '');
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Requested of what the nodes have; only what is requested where an environment doesn't list its nodes. */
function formatCapacity(capacity: Capacity | null): [cpu: string, memory: string] {
  if (capacity === null) return ['-', '-'];
  const { requested, allocatable } = capacity;
  const [cpu, memory] = [short(requested.cpu), formatBytes(requested.memory)];
  if (allocatable === null) return [`${cpu} cores`, memory];
  return [
    `${cpu} of ${short(allocatable.cpu)} cores (${formatShare(requested.cpu, allocatable.cpu)})`,
    `${memory} of ${formatBytes(allocatable.memory)} (${formatShare(requested.memory, allocatable.memory)})`,
  ];
}
