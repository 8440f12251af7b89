import type { Capacity, Environment, Manifest } from '../types.ts';
import { applicationsOf } from './applications.ts';
import type { Scope, Subject } from './rule.ts';
import { fieldsOf, textOf } from './values.ts';

/** One manifest on its way into a scope. */
export interface ScopeEntry {
  manifest: Manifest;
  app?: string;
  file?: string;
}

/** What is known beside the manifests. */
export interface ScopeOptions {
  /** Minors of Kubernetes to satisfy. */
  kubernetes: string[];
  /** Whether a kind has namespaces; undefined when nobody knows the kind. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
  env?: Environment;
  apps?: string[];
  complete?: boolean;
  capacity?: Capacity | null;
}

/** Puts together what is checked together. Manifests may be malformed: missing parts of the identity become ''. */
export function scopeOf(entries: readonly ScopeEntry[], options: ScopeOptions): Scope {
  const { kubernetes, env, apps = [], complete = false, capacity } = options;
  const subjects = entries.map((entry) => subjectOf(entry, options));
  const scope: Scope = { apps, complete, subjects, kubernetes, ...(env && { env }), ...(capacity && { capacity }) };
  const destinations = new Map(
    applicationsOf(scope).map(({ app, destinationNamespace }) => [app, destinationNamespace]),
  );
  for (const subject of subjects) {
    if (subject.isNamespaced)
      subject.namespace = subject.ref.namespace ?? (subject.app && destinations.get(subject.app));
  }
  return scope;
}

function subjectOf({ manifest, app, file }: ScopeEntry, { isNamespaced }: ScopeOptions): Subject {
  const metadata = fieldsOf(manifest.metadata);
  const apiVersion = textOf(manifest.apiVersion) ?? '';
  const kind = textOf(manifest.kind) ?? '';
  const namespace = textOf(metadata.namespace) || undefined;
  const hasNamespaces = isNamespaced(apiVersion, kind);
  return {
    manifest,
    ref: {
      apiVersion,
      kind,
      ...(namespace !== undefined && { namespace }),
      name: textOf(metadata.name) ?? textOf(metadata.generateName) ?? '',
    },
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    ...(app !== undefined && { app }),
    ...(file !== undefined && { file }),
    // The server ignores the namespace of a cluster-scoped object; for an unknown kind the manifest is believed.
    isNamespaced: hasNamespaces ?? namespace !== undefined,
    isKnown: hasNamespaces !== undefined,
    namespace: undefined,
  };
}
