import { Command } from 'commander';
import { generateCrds } from './core/schemas/generate-crds.ts';
import { reportGenerated, type GenerateFlags } from './report/generated-files.ts';

/** `crds [COMPONENT]…`: regenerates the CustomResourceDefinitions of components from their pinned upstream sources. */
export function command(): Command {
  return new Command('crds')
    .description('regenerate lib/<component>/crds from the upstream versions in lib/versions.json')
    .argument('[components...]', 'components of lib/crd-sources.json, all by default')
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .option('--root <directory>', 'repository to work in', process.cwd())
    .action((components: string[], flags: GenerateFlags) =>
      reportGenerated(flags, () => generateCrds(flags.root, components)),
    );
}
