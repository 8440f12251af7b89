// The command line of `npm run e2e`.
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import { UsageError } from '../../../scripts/core/errors.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import { proofs, type Proof } from '../proofs/index.ts';
import { defaultMinor, otherMinors } from '../rig/kubernetes-minor.ts';
import { repositoryRoot } from '../rig/rendered.ts';

export { UsageError };

export interface Options {
  verb: 'prove' | 'setup' | 'up';
  environments: string[];
  proofs: Proof[];
  kubernetes: string;
  cluster: 'local' | 'kind';
  /** How many proofs run at the same time. */
  jobs: number;
}

/** Reads the arguments. A mistake in them is a usage error. */
export function readOptions(args: readonly string[]): Options {
  const command = new Command('npm run e2e --')
    .description('Runs what every environment renders: a real API server, Argo CD and the real controllers.')
    .argument('[verb]', 'setup: only build, and say what is missing; up: leave a cluster running until Ctrl-C')
    .option(
      '--environment <name>',
      'only this environment (repeatable)',
      (name: string, before: string[]) => [...before, name],
      [],
    )
    .option('--only <word>', 'only the proof of this name, or those whose name contains this word')
    .option('--all', 'the long proofs as well', false)
    .option(
      '--kubernetes <minor>',
      'minor of the API server; others than the default are built when first asked for',
      defaultMinor,
    )
    .addOption(
      new Option('--cluster <kind>', 'where the API server comes from').choices(['local', 'kind']).default('local'),
    )
    .option('--jobs <number>', 'proofs at the same time', `${Math.min(2, availableParallelism())}`)
    .allowExcessArguments(false)
    .parse(args, { from: 'user' });
  const flags = command.opts<{
    environment: string[];
    only?: string;
    all: boolean;
    kubernetes: string;
    cluster: 'local' | 'kind';
    jobs: string;
  }>();
  const verb = command.args[0] ?? 'prove';
  if (verb !== 'prove' && verb !== 'setup' && verb !== 'up')
    throw new UsageError(`unknown verb "${verb}"; there are: setup, up`);
  const jobs = Number(flags.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs takes a number from 1 on, got "${flags.jobs}"`);
  const minors = [defaultMinor, ...Object.keys(otherMinors)];
  if (!minors.includes(flags.kubernetes)) {
    throw new UsageError(`--kubernetes ${flags.kubernetes} can't be built; there are: ${minors.join(', ')}`);
  }
  const chosen = proofs.filter(
    ({ name, long, serverOnly }) =>
      (flags.only === undefined || isMeant(flags.only, name)) &&
      (flags.all || flags.only !== undefined || !long) &&
      (flags.cluster === 'local' || serverOnly),
  );
  if (chosen.length === 0)
    throw new UsageError(`no proof matches; there are: ${proofs.map(({ name }) => name).join(', ')}`);
  const environments = selectEnvironments(discoverEnvironments(openRepository(repositoryRoot)), flags.environment).map(
    ({ name }) => name,
  );
  return {
    verb,
    environments,
    proofs: chosen,
    kubernetes: flags.kubernetes,
    cluster: flags.cluster,
    jobs,
  };
}

/** A whole name means that proof alone, however many others begin with it. */
function isMeant(only: string, name: string): boolean {
  return proofs.some((proof) => proof.name === only) ? name === only : name.includes(only);
}
