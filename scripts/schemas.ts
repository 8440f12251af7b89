import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { collect } from './cli/flags.ts';
import { openRepository } from './core/root.ts';
import { generateKubernetes } from './core/schemas/generate/kubernetes.ts';
import { recordSchemas } from './core/terraform/record-schemas.ts';
import { reportGenerated } from './report/generated-files.ts';

/** `schemas`: regenerates the JSON Schemas of Kubernetes from the pinned upstream modules, or records those of Terraform. */
export function command(): Command {
  return new Command('schemas')
    .description('Regenerate schemas/kubernetes from the versions in schemas/catalog.json. Needs Go.')
    .option(
      '--terraform <file>',
      'instead take schemas/terraform from the output of `terraform providers schema -json`; "-" is standard input (repeatable)',
      collect,
    )
    .option('--check', 'write nothing; exit 1 when a file is out of date')
    .action(async (flags: { terraform?: string[]; check?: boolean }) => {
      const { root } = openRepository(process.cwd());
      const generated =
        flags.terraform === undefined
          ? await generateKubernetes(root)
          : recordSchemas(
              root,
              flags.terraform.map((file) => readFileSync(file === '-' ? 0 : file, 'utf8')),
            );
      await reportGenerated(root, generated, flags.check);
    });
}
