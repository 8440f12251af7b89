import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffSides } from './diff/diff.ts';
import { renderSides } from './diff/render-side.ts';
import type { EnvironmentDiff } from './diff/types.ts';
import type { EnvironmentOptions } from './evaluate.ts';
import { writeGoldens } from './golden.ts';
import { generateCrds } from './schemas/generate/crds.ts';
import type { CrdSource } from './schemas/generate/crds.ts';
import { writeGenerated } from './schemas/generate/generated-files.ts';
import type { FileChange } from './schemas/generate/generated-files.ts';
import type { Diagnostic } from './types.ts';
import { checkTag, readVersions, withTag, writeVersions } from './versions.ts';
import type { Family } from './versions.ts';

/** What an upgrade did. */
export interface Upgrade {
  /** Entries whose digest went, because it belonged to the old tag. */
  droppedDigests: string[];
  /** Its CustomResourceDefinitions; empty when it has none. */
  crds: FileChange[];
  diffs: EnvironmentDiff[];
  /** What can't be rendered after it (or could not before). */
  diagnostics: Diagnostic[];
  /** Whether the goldens were written anew. */
  goldens: boolean;
}

/**
 * Sets the tag of a family, regenerates its CustomResourceDefinitions and the goldens, and says what changes in every
 * environment. With the tag that it has already, only what was generated for another version changes: that is what is
 * left to do after an update bot. When the definitions of a version can't be had, nothing is changed.
 */
export async function upgrade(
  root: string,
  family: Family,
  tag: string,
  options: EnvironmentOptions,
): Promise<Upgrade> {
  checkTag(tag, family);
  const before = await renderSides(root, [], options);
  const { text, versions } = readVersions(root);
  const isNew = tag !== family.tag;
  if (isNew) writeVersions(root, withTag(text, family.entries, tag));
  let crds: FileChange[];
  try {
    crds = await regenerate(root, family);
  } catch (error) {
    if (isNew) writeVersions(root, text);
    throw error;
  }
  const after = await renderSides(root, [], options);
  const goldens = existsSync(join(root, 'test/golden')) && after.diagnostics.length === 0;
  if (goldens) for (const side of after.sides) writeGoldens(root, side.env, side);
  return {
    droppedDigests: isNew ? family.entries.filter((entry) => versions[entry]?.digest !== undefined) : [],
    crds,
    diffs: after.sides.flatMap((side) => {
      const old = before.sides.find(({ env }) => env === side.env);
      return old === undefined ? [] : [diffSides(side.env, old, side)];
    }),
    diagnostics: [
      ...before.diagnostics.map((one) => ({ ...one, message: `before the upgrade: ${one.message}` })),
      ...after.diagnostics,
    ],
    goldens,
  };
}

/** Regenerates the definitions whose version is one of the family's entries. */
async function regenerate(root: string, { entries }: Family): Promise<FileChange[]> {
  const file = join(root, 'lib/crd-sources.json');
  if (!existsSync(file)) return [];
  const sources = JSON.parse(readFileSync(file, 'utf8')) as Record<string, CrdSource>;
  const components = Object.keys(sources).filter((component) => entries.includes(sources[component]!.version));
  return components.length === 0 ? [] : await writeGenerated(root, await generateCrds(root, components));
}
