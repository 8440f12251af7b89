// Sealing and opening, all of it done by sops: values go in and out by its standard input and output.
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { isFields } from '../rules/values.ts';
import type { SecretsFile } from './file.ts';
import { failure, output, type ProgramCall, type RunProgram } from '../program.ts';
import { inspectSealed } from './sealed.ts';
import { sopsConfigName } from './sops-config.ts';

/** Values by Secret and key. */
export type SecretValues = Record<string, Record<string, string>>;

/** sops' exit codes (cmd/sops/codes): no key that opens the file; an editor that was left without a change. */
const noKey = 128;
const notModified = 200;

/** Seals values into a new file. */
export async function sealNew(run: RunProgram, root: string, file: SecretsFile, values: SecretValues): Promise<void> {
  const args = ['--config', join(root, sopsConfigName), 'encrypt', '--filename-override', file.path];
  // JSON has one way to write a text; what sops writes is YAML.
  const call = {
    program: 'sops',
    args: [...args, '--input-type', 'json', '--output-type', 'yaml'],
    cwd: root,
  } as const;
  const text = await output(run, { ...call, input: JSON.stringify(values) }, textsIn(values));
  const aside = asideOf(file);
  writeFileSync(aside, text);
  renameSync(aside, file.path);
}

/** Sets values in a sealed file. What is not set stays as it is, to the byte. The file is replaced when all are set. */
export async function sealInto(run: RunProgram, file: SecretsFile, values: SecretValues): Promise<void> {
  const aside = asideOf(file);
  copyFileSync(file.path, aside);
  try {
    for (const [name, keys] of Object.entries(values)) {
      for (const [key, value] of Object.entries(keys)) {
        const path = `["${name}"]["${key}"]`;
        const call: ProgramCall = {
          program: 'sops',
          args: ['set', '--value-stdin', '--input-type', 'yaml', '--output-type', 'yaml', aside, path],
          input: JSON.stringify(value),
        };
        const result = await run(call);
        if (result.code !== 0) throw result.code === noKey ? keyMissing(file) : failure(call, result, [value]);
      }
    }
    renameSync(aside, file.path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Opens a file; the values stay in memory. A number or a boolean is a mistake that `checkSecrets` reports. */
export async function open(run: RunProgram, file: SecretsFile): Promise<SecretValues> {
  if (file.text === undefined) return {};
  const call: ProgramCall = {
    program: 'sops',
    args: ['decrypt', '--input-type', 'yaml', '--output-type', 'json', file.path],
  };
  const result = await run(call);
  if (result.code !== 0) throw result.code === noKey ? keyMissing(file) : failure(call, result, []);
  const values: unknown = JSON.parse(result.stdout);
  const entries = Object.entries(isFields(values) ? values : {}).map(([name, keys]) => [
    name,
    Object.fromEntries(Object.entries(isFields(keys) ? keys : {}).filter(([, value]) => typeof value === 'string')),
  ]);
  return Object.fromEntries(entries) as SecretValues;
}

/** Opens a file in the editor of the user, by sops, which seals it again. */
export async function edit(run: RunProgram, root: string, file: SecretsFile): Promise<'changed' | 'unchanged'> {
  const call: ProgramCall = { program: 'sops', args: ['edit', file.path], cwd: root, interactive: true };
  const result = await run(call);
  if (result.code === notModified) return 'unchanged';
  if (result.code !== 0) throw result.code === noKey ? keyMissing(file) : failure(call, result, []);
  return 'changed';
}

export function textsIn(values: SecretValues): string[] {
  return Object.values(values).flatMap((keys) => Object.values(keys));
}

function keyMissing({ shown, text }: SecretsFile): UsageError {
  const sealed = inspectSealed(text ?? '');
  const recipients = 'error' in sealed ? [] : sealed.recipients;
  return new UsageError(
    `no key on this machine opens ${shown}, which is sealed for ${recipients.join(', ')}; bring that key back from where you keep its copy, as sops expects it (docs/secrets.md)`,
  );
}

/** Beside the file, so that it can be renamed into place; sops goes by the end of the name. */
function asideOf({ path }: SecretsFile): string {
  return join(dirname(path), `.secrets-${process.pid}.sops.yaml`);
}
