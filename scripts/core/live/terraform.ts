// Terraform, or OpenTofu, on the stacks that render writes: what is to be made is made, and nothing is destroyed on the way.
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { output, type Program, type RunProgram } from '../program.ts';
import type { Infrastructure } from '../types.ts';
import type { Step } from './install.ts';

export type Stack = 'storage' | 'cluster';

export interface TerraformOptions {
  program: Program & ('terraform' | 'tofu');
  /** Folder with one folder for each stack. */
  folder: string;
  run: RunProgram;
}

/** Where a plan lies between being looked at and being carried out, beside the stack. */
const planFile = 'rekindle.tfplan';

/** What there is here: Terraform where both are. */
export async function findTerraform(run: RunProgram): Promise<TerraformOptions['program']> {
  for (const program of ['terraform', 'tofu'] as const) {
    try {
      await run({ program, args: ['version'] });
      return program;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
  throw new UsageError(
    'neither terraform nor tofu is installed: one of them makes the cluster; install it (opentofu.org/docs/intro/install)',
  );
}

/** The stacks that make something, those that outlive the others first. */
export function stacksOf(infrastructure: Infrastructure | null): Stack[] {
  if (infrastructure === null) return [];
  return (['storage', 'cluster'] as const).filter((stack) => {
    const { resource = {} } = infrastructure.terraform[stack] as { resource?: object };
    return Object.keys(resource).length > 0;
  });
}

/** Makes what the stacks say. A plan that would destroy something is shown and not carried out. */
export function makeSteps(stacks: readonly Stack[], options: TerraformOptions): Step[] {
  return stacks.map((stack) => ({
    name: `${options.program}: ${stack}`,
    run: async () => {
      await plan(stack, options, []);
      await refuseDestruction(stack, options);
      await apply(stack, options);
    },
  }));
}

/** Destroys what one stack made. */
export function destroyStep(stack: Stack, options: TerraformOptions): Step {
  return {
    name: `${options.program}: ${stack} is destroyed`,
    run: async () => {
      await plan(stack, options, ['-destroy']);
      await apply(stack, options);
    },
  };
}

async function plan(stack: Stack, options: TerraformOptions, flags: readonly string[]): Promise<void> {
  await terraform(stack, options, 'init');
  await terraform(stack, options, 'plan', ...flags, `-out=${planFile}`);
}

async function apply(stack: Stack, options: TerraformOptions): Promise<void> {
  await terraform(stack, options, 'apply', planFile);
}

/** The part of a plan, as JSON, that is read here. */
interface Plan {
  resource_changes?: { address: string; change: { actions: string[] } }[];
}

async function refuseDestruction(stack: Stack, options: TerraformOptions): Promise<void> {
  const { program, run } = options;
  const chdir = `-chdir=${join(options.folder, stack)}`;
  const shown = await output(run, { program, args: [chdir, 'show', '-json', planFile] });
  const { resource_changes: changes = [] } = JSON.parse(shown) as Plan;
  const lost = changes.filter(({ change }) => change.actions.includes('delete')).map(({ address }) => address);
  if (lost.length === 0) return;
  throw new UsageError(
    `the plan would destroy ${lost.join(', ')}, and nothing was changed; to see why: ${program} ${chdir} plan; where you mean it: ${program} ${chdir} apply`,
  );
}

async function terraform(stack: Stack, { program, folder, run }: TerraformOptions, ...args: string[]): Promise<void> {
  const [verb, ...flags] = args;
  const all = [`-chdir=${join(folder, stack)}`, verb!, '-input=false', '-no-color', ...flags];
  // What takes minutes says itself how far it is.
  await output(run, { program, args: all, interactive: verb === 'apply' });
}
