import { Command } from 'commander';
import { generateKubernetes } from './core/schemas/generate-kubernetes.ts';
import { reportGenerated, type GenerateFlags } from './report/generated-files.ts';

/** `schemas`: regenerates the JSON Schemas of Kubernetes from the pinned upstream modules. */
export function command(): Command {
  return new Command('schemas')
    .description('regenerate schemas/kubernetes from the versions in schemas/catalog.json')
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .option('--root <directory>', 'repository to work in', process.cwd())
    .action((flags: GenerateFlags) => reportGenerated(flags, () => generateKubernetes(flags.root)));
}
