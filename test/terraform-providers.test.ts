// Every stack as Terraform reads it with the providers themselves. REKINDLE_TERRAFORM_PLUGINS names the folder that has them, as
// `terraform providers mirror` fills one. Without it the stacks are only compared with the recorded schemas
// (test/lib/terraform.test.ts).
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inStack, skip } from './helpers/terraform.ts';
import { evaluate } from './lib/evaluate.ts';
import { stacks, targets } from './lib/terraform-cluster.ts';

interface Stack {
  resource?: Record<string, unknown>;
  data?: Record<string, unknown>;
  terraform: { required_providers?: Record<string, { source: string; version: string }> };
}

const plugins = process.env['REKINDLE_TERRAFORM_PLUGINS'];
/** Its folders: one for each registry. */
const registries = plugins === undefined ? [] : readdirSync(plugins).map((name) => join(plugins, name));
const golden = join(import.meta.dirname, 'golden');

/** Why a stack can't be read here. */
function skipOf({ terraform: { required_providers: wanted = {} } }: Stack): string | false {
  if (skip !== false) return skip;
  const missing = Object.values(wanted).find(
    ({ source, version }) => !registries.some((registry) => existsSync(join(registry, source, version))),
  );
  if (missing === undefined) return false;
  return plugins === undefined
    ? 'REKINDLE_TERRAFORM_PLUGINS names no folder of providers'
    : `REKINDLE_TERRAFORM_PLUGINS has no ${missing.source} ${missing.version}`;
}

// Nobody is asked with them: there is no state to refresh.
const nobody = { DIGITALOCEAN_TOKEN: 'none', SPACES_ACCESS_KEY_ID: 'none', SPACES_SECRET_ACCESS_KEY: 'none' };
const fromPlugins = plugins === undefined ? [] : [`-plugin-dir=${plugins}`];

function prove(name: string, stack: Stack): void {
  // A plan of these asks for an account, or for a kubeconfig that is there.
  const asks = stack.data !== undefined || name === 'the target existing, cluster';
  const title = `${name}: Terraform and the providers find nothing wrong${asks ? '' : ', and a plan makes all of it'}`;
  test(title, { skip: skipOf(stack) }, () => {
    const { must } = inStack(stack, {}, nobody);
    must('init', '-input=false', ...fromPlugins);
    must('validate');
    if (asks) return;
    const text = must('plan', '-input=false', '-refresh=false', '-no-color');
    // What stands alone has outputs and nothing to make.
    assert.match(
      text,
      stack.resource === undefined ? /Changes to Outputs/ : /Plan: [1-9]\d* to add, 0 to change, 0 to destroy/,
    );
  });
}

for (const [target, extra] of Object.entries(targets)) {
  for (const [name, stack] of Object.entries<Stack>(await evaluate(stacks(extra))))
    prove(`the target ${target}, ${name}`, stack);
}

for (const environment of readdirSync(golden)) {
  for (const name of ['cluster', 'storage']) {
    const file = join(golden, environment, `terraform-${name}-main.tf.json`);
    prove(`environments/${environment}, ${name}`, JSON.parse(readFileSync(file, 'utf8')) as Stack);
  }
}
