// What a rebirth came to, for people.
import type { StepResult } from '../core/live/run-steps.ts';
import type { Drill } from '../core/rebirth/file.ts';
import type { Record } from '../core/rebirth/record.ts';
import { holds, type Outcome } from '../core/rebirth/verify.ts';
import { formatTable } from '../core/table.ts';

/** What is looked for afterwards, before anything is lost. */
export function formatRecord({ signals, spans }: Record): string {
  const [newest] = spans;
  const minutes = Math.round((newest!.to - newest!.from) / 60);
  const lines = signals.map(({ component, unit, pieces }) => {
    const amount = pieces.reduce((sum, piece) => sum + piece.amount, 0);
    return `${String(amount).padStart(10)} ${unit} of ${component}\n`;
  });
  return `recorded, of the last ${minutes} minutes and of a day, a week and four weeks ago:\n${lines.join('')}`;
}

/** What came back and what did not. */
export function formatOutcomes({ kind, record, died }: Drill, outcomes: readonly Outcome[]): string {
  const table = formatTable(
    [
      { title: 'signal' },
      { title: 'before', align: 'right' },
      { title: 'after', align: 'right' },
      { title: 'lost, reaching back', align: 'right' },
      { title: 'allowed', align: 'right' },
      { title: 'found after', align: 'right' },
      { title: '' },
    ],
    outcomes.map((outcome) => [
      `${outcome.unit} of ${outcome.component}`,
      String(outcome.before),
      String(outcome.after),
      lossOf(outcome),
      `${outcome.allowed} s`,
      `${Math.round(outcome.seconds)} s`,
      holds(outcome) ? 'holds' : (outcome.error ?? 'LOST'),
    ]),
  );
  const unseen = Math.max(0, Math.round(died - record.takenAt));
  return `${kind} rebirth; recorded ${unseen} s before the end, of which nothing is known\n\n${table}`;
}

function lossOf({ missing, reachesBack }: Outcome): string {
  if (missing.length === 0) return 'nothing';
  const amount = missing.reduce((sum, piece) => sum + piece.amount, 0);
  return reachesBack === null ? `${amount}` : `${amount}, ${reachesBack} s`;
}

/** How long each step took. */
export function formatSteps(steps: readonly StepResult[]): string {
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...steps, { name: 'in all', seconds: total }]
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}\n`)
    .join('');
}
