// What the verb `secrets` says. Nothing here is ever given a value.
import type { Applied } from '../core/secrets/apply.ts';
import type { DeclaredSecret } from '../core/secrets/declared.ts';
import type { InitResult, Wanted } from '../core/secrets/init.ts';
import { formatTable } from '../core/table.ts';
import type { Diagnostic } from '../core/types.ts';

/** What somebody at a terminal is asked. */
export function questionFor({ name, key, help, readers }: Wanted): string {
  return `${name}: ${key} (${readers.join(', ')}: ${help} Enter leaves it for later): `;
}

export function initText({ ageKey, ruleAdded, file, values }: InitResult, env: string): string {
  const lines = [keyLine(ageKey)];
  if (ruleAdded && ageKey !== null)
    lines.push(`.sops.yaml: seals the secrets of every environment for ${ageKey.recipient}; commit it`);
  const missing = values.filter(({ origin }) => origin === 'missing');
  if (values.length === 0) return `${lines.join('\n')}\n${env} needs no secret\n`;
  const table = formatTable(
    [{ title: 'Secret' }, { title: 'key' }, { title: 'value' }],
    values.map(({ name, key, origin }) => [name, key, origin]),
  );
  const next =
    missing.length === 0
      ? `${file} is complete; commit it`
      : `${file}: ${missing.length} of ${values.length} values are missing; npm run secrets -- edit --env ${env}`;
  return `${lines.join('\n')}\n\n${table}\n${next}\n`;
}

function keyLine(ageKey: InitResult['ageKey']): string {
  if (ageKey === null) return 'key: as .sops.yaml says, without age';
  const { file, recipient, made } = ageKey;
  if (file === null) return `age key: in SOPS_AGE_KEY, ${recipient}`;
  if (!made) return `age key: ${file}, ${recipient}`;
  return `age key: made in ${file}, ${recipient}\nKeep a copy of that file outside this machine, now: without it nobody ever reads the secrets again.`;
}

export function checkText(declared: readonly DeclaredSecret[], file: string, found: readonly Diagnostic[]): string {
  const keys = declared.flatMap((secret) => Object.keys(secret.keys)).length;
  const places = declared.flatMap((secret) => secret.places).length;
  const wrong = found.filter(({ severity }) => severity === 'error').length;
  const verdict = wrong === 0 ? 'all there' : `${wrong} to mend`;
  return `${file}: ${count(keys, 'value')} for ${count(places, 'Secret')}, ${verdict}\n`;
}

/** What must be in the store of a cluster that has its values from External Secrets. */
export function storeText(declared: readonly DeclaredSecret[]): string {
  return formatTable(
    [{ title: 'entry' }, { title: 'property' }, { title: 'read by' }, { title: 'what' }],
    declared.flatMap(({ store, keys }) =>
      Object.entries(keys).map(([key, { readers, help }]) => [store?.entry ?? '', key, readers.join(', '), help]),
    ),
  );
}

export function appliedText(applied: readonly Applied[]): string {
  return formatTable(
    [{ title: 'kind' }, { title: 'namespace' }, { title: 'name' }, { title: 'change' }],
    applied.map(({ kind, namespace = '', name, change }) => [kind, namespace, name, change]),
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
