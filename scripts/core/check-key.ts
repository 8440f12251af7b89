import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newFileHashes, type FileHashes } from './file-hashes.ts';
import { kubernetesMinors, packageRoot } from './schemas/bundle.ts';
import { libraryCrdFiles } from './schemas/library-crds.ts';
import { secretsFiles } from './secrets/files.ts';
import { schemaFiles, schemaFolder } from './terraform/provider-schemas.ts';
import type { Environment } from './types.ts';

/**
 * Changes with everything that a check of an environment depends on besides its manifests and the code: the schemas of
 * Kubernetes and of Terraform's providers, the CustomResourceDefinitions of the libraries, files of secrets, and which files
 * and folders lie where Applications look.
 */
export function checkKey({ root, directory, libs }: Environment, hashes: FileHashes = newFileHashes()): unknown[] {
  const definitions = libraryCrdFiles(root, libs).map((file) => [file.slice(root.length), hashes.of(file)]);
  // The package's own files change by installation, never by hand and back within a clock tick.
  const schemas = [
    ...kubernetesMinors().map((minor) => `schemas/kubernetes/${minor}.json`),
    ...schemaFiles().map((name) => `${schemaFolder}/${name}`),
  ].map((path) => {
    const { size, mtimeMs } = statSync(join(packageRoot(), path));
    return [path, size, mtimeMs];
  });
  const sealed = secretsFiles(directory).map((file) => hashes.of(join(directory, file)));
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const folders = [readdirSync(dirname(directory)).sort(), libs.filter((lib) => existsSync(join(root, lib)))];
  return [schemas, definitions, sealed, files, folders];
}
