import { didYouMean } from '../suggest.ts';
import type { Diagnostic } from '../types.ts';
import type { DeclaredSecret } from './declared.ts';
import type { SecretsFile } from './file.ts';
import { inspectSealed, type SealedValue } from './sealed.ts';
import { unsealedFindings } from './unsealed.ts';

/**
 * What the file of an environment lacks, and what it has too much. It needs no key: SOPS leaves names in clear. Values
 * are never quoted.
 */
export function checkSecrets(
  env: string,
  declared: readonly DeclaredSecret[],
  { shown, text }: SecretsFile,
): Diagnostic[] {
  const finding = { rule: 'secret-values', env, file: shown } as const;
  const sealed = inspectSealed(text ?? '');
  if ('error' in sealed || (text !== undefined && unsealedFindings(text).length > 0)) {
    return unsealedFindings(text ?? '').map((found) => ({ ...found, env, file: shown }));
  }
  const present = new Map(sealed.values.map((value) => [value.path.join('\n'), value]));
  const found: Diagnostic[] = [];
  for (const { name, keys } of declared) {
    for (const [key, { help, readers }] of Object.entries(keys)) {
      const value = present.get(`${name}\n${key}`);
      present.delete(`${name}\n${key}`);
      const mistake = mistakeOf(value);
      if (mistake === undefined) continue;
      found.push({
        ...finding,
        severity: 'error',
        message: `${name}: "${key}" ${mistake} (${readers.join(', ')}: ${help})`,
        hint: `npm run secrets -- init --env ${env} fills in what can be made and asks for the rest; edit opens the file`,
      });
    }
  }
  const names = declared.flatMap(({ name, keys }) => Object.keys(keys).map((key) => `${name}.${key}`));
  for (const { path } of present.values()) {
    const said = path.join('.');
    found.push({
      ...finding,
      severity: 'warning',
      message: `nothing reads "${said}"`,
      hint: `${didYouMean(said, names)}; npm run secrets -- edit --env ${env} opens the file`,
    });
  }
  return found;
}

function mistakeOf(value: SealedValue | undefined): string | undefined {
  if (value === undefined) return 'is missing';
  if (value.state === 'empty') return 'is empty';
  // YAML has made something else of it, 007 into 7 and 1.10 into 1.1: what was meant can't be told any more.
  return value.type === 'str' ? undefined : `is no text but ${value.type}: write it in quotes`;
}
