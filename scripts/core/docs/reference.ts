import { defaultLimits, type Engine } from '../engine.ts';
import { UsageError } from '../errors.ts';
import type { Repository } from '../root.ts';

/** One setting as its doc twin describes it. */
export interface SettingRow {
  /** Dotted path; `[]` stands for an element of a list, `*` for any key. */
  path: string;
  /** In words: `duration`, `list of host`, `one of small, highly-available`. */
  type: string;
  help: string;
  required: boolean;
  /** Absent for required settings, groups of settings, and fields of what an environment writes whole. */
  default?: unknown;
}

/** Every setting of the cluster and of its components. */
export interface SettingsReference {
  cluster: SettingRow[];
  components: Record<string, SettingRow[]>;
  /** Draft 7, of what an environment may say. */
  jsonSchema: unknown;
}

/** The settings with their defaults in each profile, the first one first. */
export type References = { profile: string; reference: SettingsReference }[];

/**
 * Reads the doc twins of a cluster of which nothing is decided but the required settings. Those stand in defaults that
 * are made of them as `<name>`: a default `/<name>/x` means that the name goes there.
 */
export async function readReferences({ root, libs }: Repository, engine: Engine): Promise<References> {
  const snippet = `
    local cluster = (import 'cluster/main.libsonnet') {
      name: '<name>', domain: '<domain>', gitops+: { repoURL: '<gitops.repoURL>' },
    };
    [{ profile: profile, reference: (cluster { profile: profile }).schema } for profile in ['small', 'highly-available']]`;
  const evaluation = await engine.evaluate({
    root,
    libraryPath: libs,
    file: '(docs)',
    snippet,
    limits: { ...defaultLimits, seconds: 120 },
  });
  if ('failure' in evaluation) throw new UsageError(`the settings can't be read: ${evaluation.failure.message}`);
  return JSON.parse(evaluation.json) as References;
}
