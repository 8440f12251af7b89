import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitYaml } from './emit-yaml.ts';
import type { RenderedApp, RenderedApps } from './render-apps.ts';
import { infrastructureFiles } from './terraform/files.ts';

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

/** What a golden folder holds, by file: every app, and what Terraform and kind are given. */
export function goldenFiles({
  apps,
  infrastructure,
}: Pick<RenderedApps, 'apps' | 'infrastructure'>): Map<string, string> {
  const others = infrastructure ? infrastructureFiles(infrastructure) : [];
  return new Map([
    ...apps.map((app) => [`${app.app}.yaml`, goldenText(app)] as const),
    ...others.flatMap(({ app, files }) =>
      files.map(({ name, text }) => [`${app}-${name.replaceAll('/', '-')}`, text] as const),
    ),
  ]);
}

/** The goldens of an environment as they are on disk, by file. */
export function readGoldens(root: string, env: string): Map<string, string> {
  const folder = goldenFolder(root, env);
  if (!existsSync(folder)) return new Map();
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** Writes the goldens of an environment and removes those of what is gone. */
export function writeGoldens(root: string, env: string, rendered: Pick<RenderedApps, 'apps' | 'infrastructure'>): void {
  const folder = goldenFolder(root, env);
  mkdirSync(folder, { recursive: true });
  const files = goldenFiles(rendered);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  for (const file of readGoldens(root, env).keys()) if (!files.has(file)) rmSync(join(folder, file));
}
