import type { Manifest } from '../types.ts';

/** By which Argo CD knows whose an object is, where it tracks by annotation: its default. */
const annotation = 'argocd.argoproj.io/tracking-id';

/**
 * A manifest as Argo CD itself applies it for an app: `<app>:<group>/<kind>:<namespace>/<name>`, as its util/argo/resource_tracking.go
 * writes it. What is applied without would take the annotation away from an object that is there, and differ from Git until
 * the next sync. `namespace`: that of the Application's destination, which stands for objects without one.
 */
export function tracked(app: string, namespace: string, manifest: Manifest): Manifest {
  const { apiVersion, kind, metadata } = manifest;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const id = `${app}:${group}/${kind}:${metadata.namespace ?? namespace}/${metadata.name}`;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, [annotation]: id } } };
}
