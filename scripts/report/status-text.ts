// The status of a running environment, for people.
import { formatBytes, formatShare, short } from '../core/quantity.ts';
import { formatTable } from '../core/table.ts';
import type { AppState } from '../core/live/applications.ts';
import type { Status } from '../core/live/status.ts';
import type { Trouble } from '../core/live/troubles.ts';

/** What an app is called when it is in order, and what else it says. */
export function verdict({ sync, health, busy, phase, settled }: AppState & { settled: boolean }): string {
  if (settled) return 'in order';
  const doing = busy ? 'syncing' : phase === '' ? 'never synced' : '';
  return [sync, health, doing].filter((word) => word !== '').join(', ');
}

export function formatStatus(status: Status): string {
  const { apps, missing, certificates, requested, allocatable, troubles, kubernetes, revision } = status;
  const table = formatTable(
    [
      { title: 'app' },
      { title: 'wave', align: 'right' },
      { title: 'state' },
      { title: 'commit' },
      { title: 'differs from Git' },
    ],
    [
      ...apps.map((app) => [app.name, String(app.wave), verdict(app), app.revision.slice(0, 7), differs(app.drift)]),
      ...missing.map((name) => [name, '', 'missing', '', '']),
    ],
  );
  const sections = [
    `Kubernetes ${kubernetes}, commit ${revision === '' ? 'none yet' : revision.slice(0, 7)}\n`,
    table,
    ...(certificates.length === 0 ? [] : [certificateTable(certificates)]),
    `CPU requested     ${share(requested.cpu, allocatable.cpu, (cores) => `${short(cores)} cores`)}\n` +
      `memory requested  ${share(requested.memory, allocatable.memory, formatBytes)}\n`,
    ...(troubles.length === 0 ? [] : [formatTroubles(troubles)]),
  ];
  return sections.join('\n');
}

/** Each on a line, what it is about first. */
export function formatTroubles(troubles: readonly Trouble[]): string {
  return troubles.map(({ where, what }) => `${where}: ${what.trim().replace(/\s*\n\s*/g, ' ')}\n`).join('');
}

function differs(drift: readonly string[]): string {
  if (drift.length === 0) return '';
  return drift.length <= 2 ? drift.join(', ') : `${drift[0]} and ${drift.length - 1} others`;
}

function certificateTable(certificates: Status['certificates']): string {
  return formatTable(
    [{ title: 'certificate' }, { title: 'days left', align: 'right' }, { title: 'state' }],
    certificates.map(({ namespace, name, daysLeft, ready }) => [
      `${namespace}/${name}`,
      daysLeft === null ? '-' : String(daysLeft),
      ready ? 'ready' : 'not ready',
    ]),
  );
}

function share(part: number, whole: number, format: (amount: number) => string): string {
  return whole === 0 ? format(part) : `${format(part)} of ${format(whole)} (${formatShare(part, whole)})`;
}
