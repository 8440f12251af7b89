// The environments as the toolchain renders them. Evaluation is cached by content, so that every proof may ask.
import { join } from 'node:path';
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import { renderApps, type RenderedApp } from '../../../scripts/core/render-apps.ts';
import { openRepository } from '../../../scripts/core/root.ts';

/** The repository of this checkout. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');

/** The apps of an environment with their manifests. An app that can't be rendered is an error. */
export async function renderEnvironment(name: string, root = repositoryRoot): Promise<RenderedApp[]> {
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(root)), [name]);
  const { apps, diagnostics } = await renderApps(environment!, { limits: { seconds: 300, mebibytes: 4096 } });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return apps;
}
