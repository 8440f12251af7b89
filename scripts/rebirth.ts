import { Command } from 'commander';
import { bringUp, lacksSomething } from './cli/bring-up.ts';
import {
  addAccessOptions,
  addBringUpOptions,
  addTakeDownOptions,
  collect,
  engineOption,
  positive,
} from './cli/flags.ts';
import type { AccessFlags } from './cli/flags.ts';
import { clusterGoes, demandConsent, isMade, takeDownSteps } from './cli/take-down.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { accessOf } from './core/live/access.ts';
import { openKubectl, type ClusterAccess } from './core/live/kubectl.ts';
import type { Step } from './core/live/install.ts';
import { demandCluster, environmentOf } from './core/live/mark.ts';
import { forwarding } from './core/live/port-forward.ts';
import { runSteps, timed, type StepResult } from './core/live/run-steps.ts';
import type { Signal } from './core/live/signals.ts';
import { openTarget, type Target } from './core/live/target.ts';
import { drillFile, forgetDrill, loadDrill, saveDrill, type Drill } from './core/rebirth/file.ts';
import { killSteps } from './core/rebirth/kill.ts';
import { takeRecord, type Reach, type Record } from './core/rebirth/record.ts';
import { holds, verify } from './core/rebirth/verify.ts';
import { printFindings } from './report/findings.ts';
import { formatOutcomes, formatRecord, formatSteps } from './report/rebirth-text.ts';
import { rebirthJSON } from './report/rebirth-json.ts';
import { stepPrinter } from './report/steps.ts';

interface Flags extends AccessFlags {
  env: string;
  abrupt?: boolean;
  kill?: string;
  resume?: boolean;
  window?: number;
  without: string[];
  output?: string;
  yes?: boolean;
  grace: number;
  withoutUpload?: boolean;
  wait: number;
  patience: number;
  engine: EngineName;
}

/** `rebirth`: the drill for the loss of a cluster. */
export function command(): Command {
  const verb = new Command('rebirth')
    .description('Lose a cluster on purpose, have it back, and say what came back and what did not.')
    .requiredOption('--env <name>', 'the environment')
    .option('--abrupt', 'everything dies at once, instead of ending in order')
    .option(
      '--kill <command>',
      'with --abrupt: what kills a cluster that Terraform did not make, and leaves an empty one',
    )
    .option('--resume', 'go on with a rebirth that was interrupted after the cluster was gone')
    .option(
      '--window <minutes>',
      'how much of the past is recorded step by step (default: what may be lost, and 15)',
      positive,
    )
    .option('--without <component>', 'leave out what this component remembers; may be repeated', collect, [])
    .option('--output <file>', 'write the whole report as JSON');
  return addBringUpOptions(addTakeDownOptions(addAccessOptions(verb)))
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(rebirth);
}

const notes = `
It records what can be asked for (log lines, samples, traces, dashboards, certificates), ends the cluster, bootstraps it
again, and asks for everything once more. Orderly, every program hands on what it holds and nothing may be missing. Abrupt,
what had not been uploaded is lost: how far back that reaches is measured, and may not exceed what the settings of the stores
say. Exit code: 0 when nothing is missing that may not be, 1 when something is, 2 when it could not begin.
`;

async function rebirth(flags: Flags): Promise<void> {
  const { env, abrupt = false, resume = false, engine, kubeconfig, context } = flags;
  const target = await openTarget(env, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  const access = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  refuseContradictions(flags, isMade(target, access));
  const file = drillFile(target.repository.root, env);
  const pending = loadDrill(file);
  if (resume !== (pending !== undefined)) throw new UsageError(resume ? nothingPending(env) : stillPending(file, env));

  const reachNow = (): Reach => {
    const reached = accessOf(env, target.repository.root, target.settings, access);
    return { kubectl: openKubectl(reached), forward: forwarding(reached) };
  };
  if (pending === undefined) await demandCluster(reachNow().kubectl, env, 'ours');
  if (await lacksSomething(target, access)) return;

  const out = process.stdout;
  const steps: StepResult[] = [];
  let drill = pending;
  if (drill === undefined) {
    const { value: record, step } = await timed('everything is recorded', () => recordNow(target, flags, reachNow()));
    steps.push(step);
    out.write(formatRecord(record));
    if (flags.yes !== true) await demandConsent(env);
    drill = { kind: abrupt ? 'abrupt' : 'orderly', record, died: Date.now() / 1000, ended: false };
  }
  if (!drill.ended) {
    const end = await endSteps(target, flags, access, drill);
    // From here on the record is all that is known of what was.
    saveDrill(file, drill);
    steps.push(...(await runSteps(end, stepPrinter(out))));
    drill = { ...drill, ended: true };
    saveDrill(file, drill);
  }

  const { wait, patience } = flags;
  const brought = await bringUp(target, { wait, patience, ...access }, out);
  steps.push(...brought.steps);
  if (!brought.settled) {
    out.write(`nothing was compared; once it is in order: npm run rebirth -- --env ${env} --resume\n`);
    process.exitCode = 1;
    return;
  }
  const options = { ...reachNow(), signals: target.signals, onOutcome: () => undefined };
  const { value: outcomes, step } = await timed('everything is asked for again', () => verify(drill, options));
  steps.push(step);
  forgetDrill(file);
  out.write(`\n${formatOutcomes(drill, outcomes)}\n${formatSteps(steps)}`);
  if (flags.output !== undefined) rebirthJSON(flags.output, drill, outcomes, steps);
  if (!outcomes.every(holds)) process.exitCode = 1;
}

/** How the cluster ends; what an interrupted rebirth has left of it goes the same way. */
async function endSteps(target: Target, flags: Flags, access: ClusterAccess, { kind }: Drill): Promise<Step[]> {
  const { kill, grace, withoutUpload = false, resume = false, env } = flags;
  const made = isMade(target, access);
  if (kind === 'abrupt' && made) return clusterGoes(target);
  const kubectl = openKubectl(accessOf(env, target.repository.root, target.settings, access));
  if (kind === 'abrupt') {
    if (kill === undefined) throw new UsageError('the cluster was not killed yet; say with --kill how');
    return killSteps(kill, kubectl);
  }
  if (resume) {
    const runs = await environmentOf(kubectl).catch(() => 'does not answer' as const);
    if (runs === undefined) return [];
    if (runs === 'does not answer' && made) return clusterGoes(target);
  }
  return takeDownSteps(target, { grace, upload: !withoutUpload, ...access });
}

function recordNow(target: Target, { without, window, env }: Flags, reach: Reach): Promise<Record> {
  const signals = wantedSignals(target.signals, without);
  const longest = Math.max(0, ...signals.map(({ lost }) => lost));
  const seconds = window === undefined ? longest + 15 * 60 : window * 60;
  return takeRecord(env, signals, { now: Date.now() / 1000, window: seconds }, reach);
}

function wantedSignals(signals: readonly Signal[], without: readonly string[]): Signal[] {
  const unknown = without.filter((name) => !signals.some(({ component }) => component === name));
  if (unknown.length > 0) {
    const known = [...new Set(signals.map(({ component }) => component))].join(', ');
    throw new UsageError(`--without ${unknown.join(', ')}: what remembers something is ${known}`);
  }
  return signals.filter(({ component }) => !without.includes(component));
}

function refuseContradictions({ abrupt = false, kill, resume = false }: Flags, made: boolean): void {
  if (kill !== undefined && !abrupt) throw new UsageError('--kill: say --abrupt as well; in order, nothing is killed');
  if (kill !== undefined && made) throw new UsageError('--kill: Terraform made this cluster, and destroys it');
  if (abrupt && kill === undefined && !made && !resume) {
    throw new UsageError(
      '--abrupt: Terraform did not make this cluster; say with --kill which command kills it at once and leaves an empty one that the same kubeconfig opens',
    );
  }
}

const nothingPending = (env: string): string =>
  `--resume: no rebirth of "${env}" was interrupted here; leave it out to begin one`;

const stillPending = (file: string, env: string): string =>
  `a rebirth of "${env}" was interrupted, and ${file} says what there was; go on with --resume, or delete that file to begin anew`;
