import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { UsageError } from '../errors.ts';
import { isFields } from '../rules/values.ts';
import { didYouMean } from '../suggest.ts';
import type { DeclaredSecret } from './declared.ts';
import type { SecretValues } from './sops.ts';

/** Reads `{ <Secret>: { <key>: <value> } }` from a file in YAML or JSON; `-` is standard input. No message quotes a value. */
export function readGiven(path: string, declared: readonly DeclaredSecret[]): SecretValues {
  const document = parseDocument(readFileSync(path === '-' ? 0 : path, 'utf8'), { prettyErrors: false });
  const [problem] = document.errors;
  if (problem !== undefined) throw new UsageError(`${path}: no YAML or JSON (${problem.code})`);
  const values: unknown = document.toJS() ?? {};
  if (!isFields(values)) throw new UsageError(`${path}: expected { <Secret>: { <key>: <value> } }`);
  for (const [name, keys] of Object.entries(values)) {
    const secret = declared.find((one) => one.name === name);
    if (secret === undefined) {
      throw new UsageError(
        `${path}: nothing reads a Secret "${name}"; ${didYouMean(
          name,
          declared.map((one) => one.name),
        )}`,
      );
    }
    if (!isFields(keys)) throw new UsageError(`${path}: ${name}: expected { <key>: <value> }`);
    for (const [key, value] of Object.entries(keys)) {
      if (secret.keys[key] === undefined) {
        throw new UsageError(`${path}: ${name}: nothing reads "${key}"; ${didYouMean(key, Object.keys(secret.keys))}`);
      }
      if (typeof value !== 'string') throw new UsageError(`${path}: ${name}: "${key}" is no text; write it in quotes`);
    }
  }
  return values as SecretValues;
}
