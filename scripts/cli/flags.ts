// Flags that several verbs have, and their parsers.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { defaultLimits, engineNames } from '../core/engine.ts';

/** A flag that may be repeated. Without a default of `[]`, which help would show, it is undefined when it isn't given. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** What one environment may take of the processor, for every verb that evaluates. */
export function timeoutOption(): Option {
  return new Option(
    '--timeout <seconds>',
    'processor time that one environment may take; four times as long by the clock',
  )
    .default(defaultLimits.seconds)
    .argParser(positive);
}

/** What one environment may take of the memory, likewise. */
export function memoryOption(): Option {
  return new Option('--memory <MiB>', 'memory that one environment may take')
    .default(defaultLimits.mebibytes)
    .argParser(positive);
}

/** Which engine evaluates. */
export function engineOption(): Option {
  return new Option('--engine <engine>', 'Jsonnet engine').choices(engineNames).default(engineNames[0]);
}

/** A number above 0. */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

/** Which cluster, for every verb that asks one. */
export interface AccessFlags {
  kubeconfig?: string;
  context?: string;
}

export function addAccessOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', "the cluster's kubeconfig (default: KUBECONFIG, or ~/.kube/config)")
    .option('--context <name>', 'the context in it (default: the current one)');
}

/** How long a cluster may take until it is in order. */
export function addBringUpOptions(command: Command): Command {
  return command
    .option('--wait <seconds>', 'how long Argo CD may take', positive, 1800)
    .option(
      '--patience <seconds>',
      'how long the same lasting trouble may stand before it counts as the end',
      positive,
      180,
    );
}

/** How an environment ends. */
export function addTakeDownOptions(command: Command): Command {
  return command
    .option('--yes', "don't ask")
    .option('--grace <seconds>', 'how long the programs of one app may take to end', positive, 1500)
    .option(
      '--without-upload',
      "don't have the stores upload what they hold; it is lost where they don't by themselves",
    );
}
