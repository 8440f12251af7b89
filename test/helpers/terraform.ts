// Terraform, or OpenTofu, where it is installed, and a repository with one stack to run it in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryOf } from './repository.ts';
import { findTool } from './tools.ts';

/** REKINDLE_TERRAFORM names another program. */
const terraform = process.env['REKINDLE_TERRAFORM'] ?? findTool('terraform') ?? findTool('tofu');
/** Why a test that needs it is left out. */
export const skip = terraform === undefined && 'neither terraform nor tofu is installed';

/** A repository with one stack, and Terraform in it. */
export function inStack(stack: unknown, files: Record<string, string> = {}, variables: Record<string, string> = {}) {
  const folder = 'rendered/test/terraform/stack';
  const repository = repositoryOf({ ...files, [`${folder}/main.tf.json`]: JSON.stringify(stack), terraformrc: '' });
  const run = (...args: string[]) => {
    // Nothing of this machine's own settings, and no look for newer versions.
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(repository.root, 'terraformrc'),
      CHECKPOINT_DISABLE: '1',
      ...variables,
    };
    const { status, stdout, stderr } = spawnSync(terraform!, [`-chdir=${folder}`, ...args], {
      cwd: repository.root,
      encoding: 'utf8',
      env,
    });
    return { status, text: stdout + stderr };
  };
  const must = (...args: string[]): string => {
    const { status, text } = run(...args);
    assert.equal(status, 0, text);
    return text;
  };
  return { ...repository, run, must };
}
