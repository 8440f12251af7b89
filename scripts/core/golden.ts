import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitYaml } from './emit-yaml.ts';
import type { RenderedApp } from './render-apps.ts';

/** The folder of an environment's goldens: one file per app, kept in Git, so that every change of a manifest is seen. */
export function goldenFolder(root: string, env: string): string {
  return join(root, 'test', 'golden', env);
}

/**
 * An app as its golden file holds it: every manifest in rendered order. CustomResourceDefinitions are left to their
 * name, since `lib/<component>/crds` holds them in full beside it.
 */
export function goldenText({ manifests }: RenderedApp): string {
  return manifests
    .map((manifest) => {
      if (manifest.kind !== 'CustomResourceDefinition') return `---\n${emitYaml(manifest)}`;
      return `---\n${emitYaml({ ...manifest, spec: '(as in lib/*/crds)' })}`;
    })
    .join('');
}

/** The goldens of an environment as they are on disk, by app. */
export function readGoldens(root: string, env: string): Map<string, string> {
  const folder = goldenFolder(root, env);
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((file) => [file.replace(/\.yaml$/, ''), readFileSync(join(folder, file), 'utf8')]),
  );
}

/** Writes the goldens of an environment and removes those of apps that are gone. */
export function writeGoldens(root: string, env: string, apps: readonly RenderedApp[]): void {
  const folder = goldenFolder(root, env);
  mkdirSync(folder, { recursive: true });
  for (const app of apps) writeFileSync(join(folder, `${app.app}.yaml`), goldenText(app));
  const names = new Set(apps.map(({ app }) => app));
  for (const app of readGoldens(root, env).keys()) if (!names.has(app)) rmSync(join(folder, `${app}.yaml`));
}
