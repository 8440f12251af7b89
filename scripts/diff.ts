import { Command } from 'commander';
import { collect, engineOption, memoryOption, timeoutOption } from './cli/flags.ts';
import { openCache } from './core/cache.ts';
import { diffSides, isSame } from './core/diff/diff.ts';
import { checkOut, defaultBase } from './core/diff/checkout.ts';
import { renderSides } from './core/diff/render-side.ts';
import type { RenderedSides } from './core/diff/render-side.ts';
import type { EnvironmentDiff } from './core/diff/types.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import type { EnvironmentOptions } from './core/evaluate.ts';
import { UsageError } from './core/errors.ts';
import { openRepository } from './core/root.ts';
import type { Repository } from './core/root.ts';
import type { Diagnostic } from './core/types.ts';
import { diffText } from './report/diff-text.ts';

interface Flags {
  base?: string;
  env?: string[];
  envs?: string[];
  json?: boolean;
  timeout: number;
  memory: number;
  engine: EngineName;
}

interface Comparison {
  /** What stands on the old side: a commit or an environment. */
  base: string;
  diffs: EnvironmentDiff[];
  /** What could not be rendered on either side. */
  diagnostics: Diagnostic[];
}

/** `diff`: what a change does to the rendered manifests. */
export function command(): Command {
  return new Command('diff')
    .description(
      'Show what a change does to the rendered manifests, compared with a Git commit or between two environments.',
    )
    .option(
      '--base <ref>',
      'commit to compare with (default: HEAD when there are uncommitted changes, else where the branch left the default branch, else HEAD~1)',
    )
    .option('--env <name>', 'only this environment (repeatable)', collect)
    .option('--envs <names...>', 'compare two environments with each other: --envs home production')
    .option('--json', 'print the differences as JSON')
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(engineOption())
    .addHelpText(
      'after',
      "\nValues of Secrets are never shown.\nExit code: 0 without differences, 1 with differences, 2 when a side can't be rendered.",
    )
    .action(diff);
}

async function diff(flags: Flags): Promise<void> {
  const repository = openRepository(process.cwd());
  if (flags.envs !== undefined && (flags.base !== undefined || flags.env !== undefined)) {
    throw new UsageError('--envs compares two environments of the working tree; it goes with neither --base nor --env');
  }
  const options = {
    cache: openCache(repository.root),
    engine: engineOf(flags.engine),
    limits: { seconds: flags.timeout, mebibytes: flags.memory },
  };
  const { base, diffs, diagnostics } =
    flags.envs === undefined
      ? await compareWithBase(repository, flags, options)
      : await compareEnvironments(repository, flags.envs, options);

  if (flags.json) process.stdout.write(`${JSON.stringify({ base, environments: diffs }, null, 2)}\n`);
  else process.stdout.write(diffText(diffs, process.stdout.isTTY === true && !process.env.NO_COLOR));
  if (diagnostics.length > 0) {
    const { printFindings } = await import('./report/findings.ts');
    await printFindings(diagnostics, process.stderr);
  }
  process.exitCode = diagnostics.length > 0 ? 2 : diffs.every(isSame) ? 0 : 1;
}

async function compareWithBase(
  repository: Repository,
  { base, env = [] }: Flags,
  options: EnvironmentOptions,
): Promise<Comparison> {
  const checkout = await checkOut(repository.root, base ?? (await defaultBase(repository.root)));
  try {
    const after = await renderSides(repository.root, env, options);
    const before = await renderSides(checkout.directory, env, options);
    const names = [...new Set([...before.names, ...after.names])].sort();
    // An environment may be new or gone, but it has to be on one side.
    const missing = env.find((name) => !names.includes(name));
    if (missing !== undefined) selectEnvironments(discoverEnvironments(repository), [missing]);
    return {
      base: checkout.commit,
      diffs: names.flatMap((name) => diffOf(name, before, after)),
      diagnostics: [...markAsBase(before.diagnostics, checkout.commit), ...after.diagnostics],
    };
  } finally {
    checkout.dispose();
  }
}

/** Nothing for an environment that is there but could not be evaluated: all of it would seem to be new or gone. */
function diffOf(name: string, before: RenderedSides, after: RenderedSides): EnvironmentDiff[] {
  const [old, now] = [before, after].map(({ sides }) => sides.find(({ env }) => env === name));
  const isBroken =
    (old === undefined && before.names.includes(name)) || (now === undefined && after.names.includes(name));
  return isBroken ? [] : [diffSides(name, old, now)];
}

function markAsBase(diagnostics: Diagnostic[], commit: string): Diagnostic[] {
  return diagnostics.map((one) => ({ ...one, message: `in the base ${commit.slice(0, 12)}: ${one.message}` }));
}

async function compareEnvironments(
  repository: Repository,
  names: string[],
  options: EnvironmentOptions,
): Promise<Comparison> {
  const [left, right, ...others] = names;
  if (left === undefined || right === undefined || others.length > 0) {
    throw new UsageError('--envs takes two environments, as in --envs home production');
  }
  selectEnvironments(discoverEnvironments(repository), names);
  const { sides, diagnostics } = await renderSides(repository.root, names, options);
  const [old, now] = [left, right].map((name) => sides.find(({ env }) => env === name));
  const diffs = old === undefined || now === undefined ? [] : [diffSides(`${left} → ${right}`, old, now)];
  return { base: left, diffs, diagnostics };
}
