import { readdirSync } from 'node:fs';

/** Names of files that hold secrets: `secrets.sops.yaml`, and what somebody may call one by mistake. */
const secretsFilePattern = /(^|\/)(secrets?(\.[^/]*)?|[^/]*\.sops)\.(ya?ml|json)$/;

/** Every file of secrets below the folder of an environment, relative to it and sorted. */
export function secretsFiles(directory: string): string[] {
  return secretsAmong(readdirSync(directory, { recursive: true, encoding: 'utf8' }));
}

/** Those of some paths that are files of secrets, with `/` and sorted. */
export function secretsAmong(paths: readonly string[]): string[] {
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => secretsFilePattern.test(path))
    .sort();
}
