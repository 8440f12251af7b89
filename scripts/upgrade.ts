import { Command } from 'commander';
import { engineOption, memoryOption, timeoutOption } from './cli/flags.ts';
import { isSame } from './core/diff/diff.ts';
import { UsageError } from './core/errors.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { openRepository } from './core/root.ts';
import { formatTable } from './core/table.ts';
import type { Upgrade } from './core/upgrade.ts';
import { familiesOf, findFamily, readVersions } from './core/versions.ts';
import type { Family } from './core/versions.ts';

interface Flags {
  to?: string;
  timeout: number;
  memory: number;
  engine: EngineName;
}

/** `upgrade`: sets the version of a component and shows what that changes. */
export function command(): Command {
  return new Command('upgrade')
    .description(
      'Set the version of a component, regenerate its CustomResourceDefinitions and the goldens, and show what changes in every environment. Without a component: list what there is.',
    )
    .argument('[component]', 'a name from the list')
    .option('--to <version>', 'tag of its images (default: the one in lib/versions.json, for after an update bot)')
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(engineOption())
    .addHelpText('after', '\nNeeds Go for components with CustomResourceDefinitions.')
    .action(run);
}

async function run(name: string | undefined, { to, timeout, memory, engine }: Flags): Promise<void> {
  const { root } = openRepository(process.cwd());
  const families = familiesOf(root, readVersions(root).versions);
  if (name === undefined) {
    if (to !== undefined) throw new UsageError('--to needs a component: upgrade COMPONENT --to VERSION');
    process.stdout.write(list(families));
    return;
  }
  const family = findFamily(families, name);
  const { upgrade } = await import('./core/upgrade.ts');
  const done = await upgrade(root, family, to ?? family.tag, {
    engine: engineOf(engine),
    limits: { seconds: timeout, mebibytes: memory },
  });
  await print(family, to ?? family.tag, done);
}

function list(families: readonly Family[]): string {
  const columns = [{ title: 'component' }, { title: 'version' }, { title: 'images' }];
  return formatTable(
    columns,
    families.map(({ name, tag, entries }) => [name, tag, entries.join(', ')]),
  );
}

async function print({ name, tag: old, entries }: Family, tag: string, done: Upgrade): Promise<void> {
  const { diffText } = await import('./report/diff-text.ts');
  const lines = [old === tag ? `${name} is at ${tag}` : `${name}: ${old} → ${tag} (${entries.join(', ')})`];
  for (const entry of done.droppedDigests)
    lines.push(`${entry}: the digest of the old tag is removed; the update bot fills in the new one`);
  const changed = done.crds.filter(({ change }) => change !== 'unchanged');
  if (done.crds.length > 0) lines.push(`CustomResourceDefinitions: ${changed.length} of ${done.crds.length} changed`);
  for (const { change, path } of changed) lines.push(`  ${change} ${path}`);
  process.stdout.write(`${lines.join('\n')}\n\n`);
  process.stdout.write(diffText(done.diffs, process.stdout.isTTY === true && !process.env.NO_COLOR));
  if (done.goldens && !done.diffs.every(isSame))
    process.stdout.write('\nthe goldens in test/golden are written anew\n');
  if (done.diagnostics.length > 0) {
    const { printFindings } = await import('./report/findings.ts');
    await printFindings(done.diagnostics, process.stderr);
    // Some part of some environment can't be shown, so the differences above are not all of them.
    process.exitCode = 2;
  }
}
