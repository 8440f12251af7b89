// What a rebirth came to, for programs.
import { writeFileSync } from 'node:fs';
import type { StepResult } from '../core/live/run-steps.ts';
import type { Drill } from '../core/rebirth/file.ts';
import { holds, type Outcome } from '../core/rebirth/verify.ts';

/** Everything but the pieces that came back. */
export function rebirthJSON(
  path: string,
  { kind, record, died }: Drill,
  outcomes: readonly Outcome[],
  steps: readonly StepResult[],
): void {
  const { environment, takenAt, spans } = record;
  const signals = outcomes.map((outcome) => ({ ...outcome, holds: holds(outcome) }));
  const report = { environment, kind, takenAt, died, spans, holds: outcomes.every(holds), signals, steps };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
}
