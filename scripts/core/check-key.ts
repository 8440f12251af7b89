import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newFileHashes, type FileHashes } from './file-hashes.ts';
import { kubernetesMinors, packageRoot } from './schemas/bundle.ts';
import { libraryCrdFiles } from './schemas/library-crds.ts';
import { secretsAmong } from './secrets/files.ts';
import { schemaFiles, schemaFolder } from './terraform/provider-schemas.ts';
import type { Environment } from './types.ts';

/**
 * Changes with everything that a check of an environment depends on besides its manifests and the code: the schemas of
 * Kubernetes and of Terraform's providers, the CustomResourceDefinitions of the libraries, files of secrets, and which files
 * and folders lie where Applications look.
 */
export function checkKey({ root, directory, libs }: Environment, hashes: FileHashes = newFileHashes()): unknown[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const sealed = secretsAmong(files).map((file) => hashes.of(join(directory, file)));
  const beside = dirname(directory);
  return [
    hashes.once('schemas', schemas),
    hashes.once(`definitions of ${root} ${libs}`, () => definitions(root, libs, hashes)),
    hashes.once(`folders of ${beside}`, () => readdirSync(beside).sort()),
    hashes.once(`libraries of ${root} ${libs}`, () => libs.filter((lib) => existsSync(join(root, lib)))),
    sealed,
    files,
  ];
}

/** The package's own files change by installation, never by hand and back within a clock tick. */
function schemas(): unknown[] {
  return [
    ...kubernetesMinors().map((minor) => `schemas/kubernetes/${minor}.json`),
    ...schemaFiles().map((name) => `${schemaFolder}/${name}`),
  ].map((path) => {
    const { size, mtimeMs } = statSync(join(packageRoot(), path));
    return [path, size, mtimeMs];
  });
}

function definitions(root: string, libs: readonly string[], hashes: FileHashes): unknown[] {
  return libraryCrdFiles(root, libs).map((file) => [file.slice(root.length), hashes.of(file)]);
}
