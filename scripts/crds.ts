import { Command } from 'commander';
import { openRepository } from './core/root.ts';
import { generateCrds } from './core/schemas/generate/crds.ts';
import { reportGenerated } from './report/generated-files.ts';

/** `crds [COMPONENT]…`: regenerates the CustomResourceDefinitions of components from their pinned upstream sources. */
export function command(): Command {
  return new Command('crds')
    .description('Regenerate lib/<component>/crds from the upstream versions in lib/versions.json. Needs Go.')
    .argument('[components...]', 'components of lib/crd-sources.json, all by default')
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .action(async (components: string[], flags: { check?: boolean }) => {
      const { root } = openRepository(process.cwd());
      await reportGenerated(root, await generateCrds(root, components), flags.check);
    });
}
