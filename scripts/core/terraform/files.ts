// What Terraform and kind are given: files beside the apps of an environment, written as they are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitYaml } from '../emit-yaml.ts';
import type { AppOutput } from '../output-plan.ts';
import type { Environment, Infrastructure } from '../types.ts';

/** Folders of the output that are no apps. */
export const infrastructureFolders: readonly string[] = ['kind', 'terraform'];

const stacks = ['cluster', 'storage'] as const;

/**
 * `terraform/<stack>/main.tf.json`, and `kind/cluster.yaml` where kind makes the cluster. A lock file that
 * `environments/<env>/terraform/<stack>.lock.hcl` keeps in Git goes beside the stack; without one Terraform's own stays.
 */
export function infrastructureOutput(environment: Environment, { terraform, kind }: Infrastructure): AppOutput[] {
  const files = stacks.flatMap((stack) => {
    const lock = readLock(environment, stack);
    return [
      { name: `${stack}/main.tf.json`, text: `${JSON.stringify(terraform[stack], null, 2)}\n` },
      ...(lock === undefined ? [] : [{ name: `${stack}/.terraform.lock.hcl`, text: lock }]),
    ];
  });
  const output: AppOutput[] = [{ env: environment.name, app: 'terraform', files }];
  if (kind !== null) {
    output.push({ env: environment.name, app: 'kind', files: [{ name: 'cluster.yaml', text: emitYaml(kind) }] });
  }
  return output;
}

/** The lock files of an environment that Git keeps, whether they are there or not. */
export function lockFiles({ directory }: Environment): string[] {
  return stacks.map((stack) => join(directory, 'terraform', `${stack}.lock.hcl`));
}

function readLock(environment: Environment, stack: (typeof stacks)[number]): string | undefined {
  const path = lockFiles(environment)[stacks.indexOf(stack)]!;
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
