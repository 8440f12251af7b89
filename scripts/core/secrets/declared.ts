import { UsageError } from '../errors.ts';
import type { EvaluateOptions } from '../evaluation.ts';
import { slice } from '../slice.ts';
import type { Diagnostic, Environment } from '../types.ts';

/** How a value can be made where nobody else has a say in it. `text` is a proposal, such as the name of an account. */
export type Generate =
  { kind: 'password'; length: number } | { kind: 'hex'; bytes: number } | { kind: 'text'; text: string };

/** One row of the slice `secrets`: lib/cluster/secrets.libsonnet says what the fields mean. */
export interface SecretRow {
  component: string;
  namespace: string;
  name: string;
  keys: Record<string, string>;
  generate?: Record<string, Generate>;
  values?: Record<string, string>;
  labels?: Record<string, string>;
  type?: string;
  /** Where External Secrets finds the values, in a cluster that has them from there. */
  store?: { name: string; entry: string };
}

/** A value that must be given. */
export interface DeclaredKey {
  help: string;
  generate?: Generate;
  /** Components that read it. */
  readers: string[];
}

/** One namespace that a Secret must be in. */
export interface Place {
  namespace: string;
  /** Keys of given values that belong here. */
  keys: string[];
  /** Further keys, with values that are no secret. */
  values: Record<string, string>;
  labels: Record<string, string>;
  type: string;
}

/** All Secrets of one name: their values are given once. */
export interface DeclaredSecret {
  name: string;
  keys: Record<string, DeclaredKey>;
  places: Place[];
  store?: { name: string; entry: string };
}

/** The Secrets that an environment must have, by name, or why that can't be told. */
export async function declaredSecrets(
  environment: Environment,
  options: EvaluateOptions = {},
): Promise<{ secrets: DeclaredSecret[] } | { diagnostics: Diagnostic[] }> {
  const result = await slice(environment, 'secrets', options);
  return 'diagnostics' in result ? result : { secrets: groupByName(result.value as SecretRow[]) };
}

/** Says once what several components, in several namespaces, say of Secrets of the same name. */
export function groupByName(rows: readonly SecretRow[]): DeclaredSecret[] {
  const secrets = new Map<string, DeclaredSecret>();
  for (const row of rows) {
    const secret = secrets.get(row.name) ?? {
      name: row.name,
      keys: {},
      places: [],
      ...(row.store && { store: row.store }),
    };
    secrets.set(row.name, secret);
    for (const [key, help] of Object.entries(row.keys)) addKey(secret, key, help, row);
    addPlace(secret, row);
  }
  return [...secrets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function addKey(secret: DeclaredSecret, key: string, help: string, { component, generate = {} }: SecretRow): void {
  const known = (secret.keys[key] ??= { help, readers: [] });
  if (!known.readers.includes(component)) known.readers.push(component);
  const how = generate[key];
  if (how === undefined) return;
  if (known.generate !== undefined && JSON.stringify(known.generate) !== JSON.stringify(how)) {
    throw contradiction(secret, `how "${key}" is made`, [...known.readers, component]);
  }
  known.generate = how;
}

function addPlace(secret: DeclaredSecret, row: SecretRow): void {
  const { namespace, component, keys, labels = {}, values = {}, type = 'Opaque' } = row;
  let place = secret.places.find((one) => one.namespace === namespace);
  if (place === undefined) {
    place = { namespace, keys: [], values: {}, labels: {}, type };
    secret.places.push(place);
  }
  if (place.type !== type) throw contradiction(secret, `its type in ${namespace}`, [component]);
  place.keys = [...new Set([...place.keys, ...Object.keys(keys)])].sort();
  Object.assign(place.values, values);
  Object.assign(place.labels, labels);
}

function contradiction({ name }: DeclaredSecret, what: string, components: string[]): UsageError {
  return new UsageError(
    `Secret "${name}": ${[...new Set(components)].join(' and ')} contradict each other about ${what}; name the Secret of one of them otherwise`,
  );
}
