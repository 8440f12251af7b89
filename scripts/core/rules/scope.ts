import type { Environment, Manifest } from '../types.ts';
import { applicationsOf } from './applications.ts';
import { isClusterScoped } from './cluster-scoped.ts';
import type { Scope, Subject } from './rule.ts';
import { fieldsOf, textOf } from './values.ts';

/** One manifest on its way into a scope. */
export interface ScopeEntry {
  manifest: Manifest;
  app?: string;
  file?: string;
}

/** What is known of the environment behind the manifests; nothing for files. */
export interface ScopeOrigin {
  env: Environment;
  apps: string[];
  complete: boolean;
}

/** Puts together what is checked together. Manifests may be malformed: missing parts of the identity become ''. */
export function scopeOf(entries: ScopeEntry[], kubernetes: string[], origin?: ScopeOrigin): Scope {
  const subjects = entries.map(subjectOf);
  const scope: Scope = { apps: [], complete: false, ...origin, subjects, kubernetes };
  const destinations = destinationNamespaces(scope);
  for (const subject of subjects) {
    if (isClusterScoped(subject, subjects)) subject.namespace = undefined;
    else if (subject.app !== undefined) subject.namespace ??= destinations.get(subject.app);
  }
  return scope;
}

function subjectOf({ manifest, app, file }: ScopeEntry): Subject {
  const metadata = fieldsOf(manifest.metadata);
  const apiVersion = textOf(manifest.apiVersion) ?? '';
  const namespace = textOf(metadata.namespace) || undefined;
  return {
    manifest,
    ref: {
      apiVersion,
      kind: textOf(manifest.kind) ?? '',
      ...(namespace !== undefined && { namespace }),
      name: textOf(metadata.name) ?? textOf(metadata.generateName) ?? '',
    },
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    ...(app !== undefined && { app }),
    ...(file !== undefined && { file }),
    namespace,
  };
}

function destinationNamespaces(scope: Scope): Map<string, string> {
  const namespaces = new Map<string, string>();
  for (const { app, destinationNamespace } of applicationsOf(scope)) {
    if (app !== undefined && destinationNamespace !== undefined) namespaces.set(app, destinationNamespace);
  }
  return namespaces;
}
