import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compactJson } from './compact-json.ts';
import { crdFileName, isCrd, normalizeCrd, type Crd } from '../crd.ts';
import { withGitTag } from './git-repository.ts';
import { downloadModule } from './go-module.ts';
import { UsageError, errorMessage } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import type { Generated } from './generated-files.ts';

/** One entry of `lib/crd-sources.json`: where a component's definitions come from. */
export type CrdSource = {
  /** Name in `lib/versions.json` whose tag is the version of the module, or the end of the Git tag. */
  version: string;
  /** File or folder of YAML manifests inside the module or repository, or several; subfolders are read, too. */
  path: string | string[];
  /** Whether the manifests are templates of a Helm chart. */
  chart?: boolean;
} & (
  | {
      /** Path of the Go module that ships the manifests. */
      module: string;
      /** What the Go module calls a tag that is no semantic version: the pseudo-version of its commit, by tag. */
      moduleVersions?: Record<string, string>;
    }
  | {
      /** URL of a Git repository, for releases that are no version of a Go module. */
      repository: string;
      /** What comes before the version in the name of the Git tag. */
      tagPrefix?: string;
    }
);

/**
 * Builds `lib/<component>/crds/<plural>.<group>.json` for the named components, all of `lib/crd-sources.json` by default,
 * from the Go modules that `lib/versions.json` pins. Nothing is written.
 *
 * @param root folder that holds `lib/`
 * @throws UsageError when a component has no source, Go is missing, or a module can't be had
 */
export async function generateCrds(root: string, components: readonly string[] = []): Promise<Generated> {
  const sources = await readJson<Record<string, CrdSource>>(join(root, 'lib/crd-sources.json'));
  const versions = await readJson<Record<string, { tag: string }>>(join(root, 'lib/versions.json'));
  const generated: Generated = { files: [], folders: [] };
  for (const component of components.length > 0 ? components : Object.keys(sources)) {
    const source = sources[component];
    if (!source) {
      throw new UsageError(
        `${component} has no CustomResourceDefinitions in lib/crd-sources.json; ${didYouMean(component, Object.keys(sources))}`,
      );
    }
    const version = versions[source.version]?.tag;
    if (!version) {
      throw new UsageError(
        `lib/crd-sources.json names the version ${source.version} for ${component}, which lib/versions.json lacks; ${didYouMean(source.version, Object.keys(versions))}`,
      );
    }
    const folder = join('lib', component, 'crds');
    generated.folders.push(folder);
    for (const crd of await upstreamCrds(source, version)) {
      generated.files.push({
        path: join(folder, crdFileName(crd)),
        text: compactJson(normalizeCrd(crd)),
      });
    }
  }
  return generated;
}

async function upstreamCrds(source: CrdSource, version: string): Promise<Crd[]> {
  if ('module' in source) {
    const { module, directory } = await downloadModule(source.module, source.moduleVersions?.[version] ?? version);
    return await readAll(directory, source, `${module}@${version}`);
  }
  const tag = (source.tagPrefix ?? '') + version;
  return await withGitTag(source.repository, tag, [source.path].flat(), (directory) =>
    readAll(directory, source, `${source.repository} at ${tag}`),
  );
}

async function readAll(directory: string, { path, chart = false }: CrdSource, upstream: string): Promise<Crd[]> {
  const found = await Promise.all([path].flat().map((one) => readCrds(directory, one, chart, upstream)));
  return found.flat();
}

async function readCrds(directory: string, path: string, chart: boolean, upstream: string): Promise<Crd[]> {
  const start = join(directory, path);
  const files = (await stat(start)).isDirectory()
    ? (await readdir(start, { recursive: true })).sort().map((name) => join(start, name))
    : [start];
  const crds: Crd[] = [];
  for (const file of files.filter((name) => /\.ya?ml$/.test(name))) {
    const text = await readFile(file, 'utf8');
    for (const document of parseAllDocuments(chart ? withoutActions(text) : text)) {
      const object: unknown = document.toJS();
      if (isCrd(object)) crds.push(object);
    }
  }
  if (crds.length === 0) {
    throw new UsageError(
      `${upstream} has no CustomResourceDefinition under ${path}: correct the path in lib/crd-sources.json`,
    );
  }
  return crds;
}

/** A Helm template without the lines that hold actions: in definitions those make labels of the release, and whether to install. */
function withoutActions(template: string): string {
  return template
    .split('\n')
    .filter((line) => !line.includes('{{'))
    .join('\n');
}

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    throw new UsageError(`${file}: can't be read (${errorMessage(error)})`);
  }
}
