import { Command, InvalidArgumentError, Option } from 'commander';
import { engineOption } from './cli/flags.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { defaultDuration, parseDuration } from './core/kubeconfig/duration.ts';
import { openRepository } from './core/root.ts';
import { printFindings } from './report/findings.ts';

interface Flags {
  env: string;
  role: string;
  duration: number;
  context?: string;
  output?: string;
  engine: EngineName;
}

/** `kubeconfig`: a way into a cluster that ends by itself. */
export function command(): Command {
  return new Command('kubeconfig')
    .description('Print a kubeconfig with a token that ends by itself, for Lens, Freelens, k9s, Headlamp and kubectl.')
    .requiredOption('--env <name>', 'the environment')
    .option('--role <role>', 'what one may: viewer or admin', 'viewer')
    .addOption(
      new Option('--duration <time>', 'how long the token lasts, 10m to 24h')
        .default(duration(defaultDuration), defaultDuration)
        .argParser(duration),
    )
    .option('--context <name>', 'a context of your kubeconfig to ask with, instead of the current one')
    .option('--output <file>', 'write it to this file, which nobody else can read, instead of standard output')
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(kubeconfig);
}

const notes = `
Example: rekindle kubeconfig --env home --role viewer --output ~/.kube/home-viewer

The server and its certificate come from the context of your kubeconfig, with whose rights kubectl asks for the token. Nothing
is kept but the file that you ask for. Exit code: 0, 1 when the environment can't be evaluated, 2 for everything else.
`;

function duration(text: string): number {
  const seconds = parseDuration(text);
  if (typeof seconds === 'string') throw new InvalidArgumentError(seconds);
  return seconds;
}

async function kubeconfig({ env, role, duration: seconds, context, output, engine }: Flags): Promise<void> {
  if (output === undefined && process.env.CI) {
    throw new UsageError('standard output is a log here (CI is set), and would keep the token: write it with --output');
  }
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(process.cwd())), [env]);
  if (environment === undefined) return;
  const { renderApps } = await import('./core/render-apps.ts');
  const { apps, diagnostics } = await renderApps(environment, { apps: ['lens'], engine: engineOf(engine) });
  if (diagnostics.length > 0) return await printFindings(diagnostics, process.stderr);

  const { accountFor, accountsOf } = await import('./core/kubeconfig/accounts.ts');
  const accounts = accountsOf(apps.flatMap(({ manifests }) => manifests));
  if (accounts.length === 0) throw new UsageError(`${env} has no accounts for people: turn the component lens on`);
  const account = accountFor(role, accounts);

  const { openKubectl } = await import('./core/live/kubectl.ts');
  const { clusterEntry, createToken } = await import('./core/kubeconfig/token.ts');
  const { kubeconfigText } = await import('./core/kubeconfig/kubeconfig.ts');
  const kubectl = openKubectl(context === undefined ? {} : { context });
  const cluster = await clusterEntry(kubectl);
  const token = await createToken(kubectl, account, seconds);
  const text = kubeconfigText(env, role, cluster, token);
  if (output === undefined) {
    process.stdout.write(text);
  } else {
    const { writeKubeconfig } = await import('./core/kubeconfig/write.ts');
    writeKubeconfig(output, text);
  }
  process.stderr.write(`${env}-${role} at ${cluster.server}, until ${token.expires}\n`);
}
