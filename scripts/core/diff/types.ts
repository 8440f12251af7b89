// What a difference between two renderings is made of.
import type { RenderedApp } from '../render-apps.ts';
import type { Infrastructure, ManifestRef } from '../types.ts';

/** The manifests of one environment on one side. */
export interface Side {
  env: string;
  apps: RenderedApp[];
  /** What Terraform and kind are given, where that is known. */
  infrastructure?: Infrastructure | null;
  /** Apps that could not be rendered; the other side's manifests of them are left out of a comparison. */
  failed: string[];
}

/** One field that differs. `before` and `after` are absent where there is no value, or where it may be secret. */
export interface FieldChange {
  change: 'added' | 'removed' | 'changed' | 'moved';
  /** JSON Pointer; into the new manifest, for removed fields into the old one. */
  pointer: string;
  /** The same for people: list entries by name, as in `spec.containers[web].image`. */
  path: string;
  before?: unknown;
  after?: unknown;
  /** True for a value that is never shown. */
  hidden?: true;
}

export interface ManifestChange {
  change: 'added' | 'removed' | 'changed';
  app: string;
  /** The app that had it before, when it moved from one to another. */
  movedFrom?: string;
  manifest: ManifestRef;
  /** Empty for added and removed manifests. */
  fields: FieldChange[];
}

export interface EnvironmentDiff {
  env: string;
  added: number;
  removed: number;
  changed: number;
  unchanged: number;
  /** In the order of apps and manifests. */
  changes: ManifestChange[];
}
