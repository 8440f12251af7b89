import { Command, Option } from 'commander';
import { addAccessOptions, engineOption, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { accessOf } from './core/live/access.ts';
import { openKubectl } from './core/live/kubectl.ts';
import { demandCluster } from './core/live/mark.ts';
import { isInOrder, readStatus } from './core/live/status.ts';
import { openTarget } from './core/live/target.ts';
import { printFindings } from './report/findings.ts';
import { formatStatus } from './report/status-text.ts';

interface Flags extends AccessFlags {
  env: string;
  format: 'text' | 'json';
  engine: EngineName;
}

/** `status`: how a running environment stands. */
export function command(): Command {
  return addAccessOptions(
    new Command('status')
      .description('Show how a running environment stands: apps, what differs from Git, certificates, capacity.')
      .requiredOption('--env <name>', 'the environment'),
  )
    .addOption(new Option('--format <format>', 'format of the answer').choices(['text', 'json']).default('text'))
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(status);
}

const notes = `
Exit code: 0 when every app is Synced and Healthy at the commit of the root Application and every certificate is ready and
valid for a week, 1 when something is not, 2 when the cluster can't be asked.
`;

async function status({ env, format, engine, ...access }: Flags): Promise<void> {
  const target = await openTarget(env, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  const kubectl = openKubectl(accessOf(env, target.repository.root, target.settings, access));
  await demandCluster(kubectl, env, 'ours');
  const found = await readStatus(kubectl, { ...target, now: new Date() });
  process.stdout.write(format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : formatStatus(found));
  if (!isInOrder(found)) process.exitCode = 1;
}
