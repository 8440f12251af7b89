import type { Manifest } from '../types.ts';
import type { DeclaredSecret, Place } from './declared.ts';
import type { Kubectl } from '../live/kubectl.ts';
import { fieldManagers, namespaceLabels, refuseOther, versionsOf } from './kubectl.ts';
import { textsIn, type SecretValues } from './sops.ts';

export interface ApplyOptions {
  kubectl: Kubectl;
  /** Name of the environment. */
  env: string;
  declared: readonly DeclaredSecret[];
  /** What sops opened; it goes to the cluster and nowhere else. */
  values: SecretValues;
  /** The Namespaces of the environment; those that the cluster lacks are applied first. */
  namespaces: readonly Manifest[];
}

/** `incomplete`: a value is missing, and it was left as it is in the cluster. */
export type Change = 'created' | 'changed' | 'unchanged' | 'incomplete';

export interface Applied {
  kind: 'Namespace' | 'Secret';
  /** Undefined for Namespaces. */
  namespace?: string;
  name: string;
  change: Change;
}

/** Brings every complete Secret to the cluster, and says of each what that did, by name alone. */
export async function applySecrets(options: ApplyOptions): Promise<Applied[]> {
  const { kubectl, env, declared, values, namespaces } = options;
  const places = declared.flatMap((secret) => secret.places.map((place) => ({ name: secret.name, place })));
  const needed = new Set(places.map(({ place }) => place.namespace));
  const present = await namespaceLabels(kubectl);
  refuseOther(env, present, needed);

  const absent = namespaces.filter(({ metadata: { name } }) => needed.has(name) && !present.has(name));
  if (absent.length > 0) await kubectl.apply(absent, fieldManagers.namespaces);
  const applied: Applied[] = absent.map(({ metadata }) => ({
    kind: 'Namespace',
    name: metadata.name,
    change: 'created',
  }));

  const complete = places.filter(({ name, place }) => place.keys.every((key) => values[name]?.[key]));
  const secrets = complete.map(({ name, place }) => secretOf(env, name, place, values[name] ?? {}));
  const before = await versionsOf(kubectl, identities(secrets));
  await kubectl.apply(secrets, fieldManagers.secrets, textsIn(values));
  const after = await versionsOf(kubectl, identities(secrets));
  for (const one of places) {
    const { name, place } = one;
    const at = `${place.namespace}/${name}`;
    const change = complete.includes(one) ? changeOf(before.get(at), after.get(at)) : 'incomplete';
    applied.push({ kind: 'Secret', namespace: place.namespace, name, change });
  }
  return applied;
}

function changeOf(before: string | undefined, after: string | undefined): Change {
  if (before === undefined) return 'created';
  return before === after ? 'unchanged' : 'changed';
}

/** The Secret of one namespace. Its reader may find it by label, so the reader's labels win. */
function secretOf(env: string, name: string, place: Place, values: Record<string, string>): Manifest {
  const given = Object.fromEntries(place.keys.map((key) => [key, values[key]!]));
  const data = Object.entries({ ...given, ...place.values }).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: place.namespace,
      labels: { 'app.kubernetes.io/managed-by': 'rekindle', 'app.kubernetes.io/part-of': env, ...place.labels },
    },
    type: place.type,
    data: Object.fromEntries(data),
  };
}

/** What is enough to ask whether they exist. */
function identities(secrets: readonly Manifest[]): Manifest[] {
  return secrets.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
  }));
}
