// Programs that come as a file in a wheel from PyPI. pip checks the wheel against the hashes of requirements.txt.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.ts';

/** The version that a requirements.txt pins a package to, as a tag: `v1.38.3`. */
export function pinnedVersion(requirements: string, name: string): string {
  const version = requirements
    .split('\n')
    .map((line) => line.split(/\s/)[0]!.split('=='))
    .find(([pinned]) => pinned === name)?.[1];
  if (version === undefined)
    throw new Error(`no version of ${name} in requirements.txt: pin it there, or correct "version" in tool.json`);
  return `v${version}`;
}

/** Downloads the wheel of a requirements.txt and puts one of its files at a path. */
export async function unpackWheel(folder: string, member: string, path: string): Promise<void> {
  const scratch = mkdtempSync(join(dirname(path), 'wheel-'));
  try {
    const options = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--disable-pip-version-check', '--quiet'];
    await run(
      'python3',
      ['-m', 'pip', 'download', ...options, '--dest', scratch, '--requirement', join(folder, 'requirements.txt')],
      {
        seconds: 600,
      },
    );
    const [wheel] = readdirSync(scratch);
    await run('python3', ['-m', 'zipfile', '-e', join(scratch, wheel!), scratch], { seconds: 120 });
    chmodSync(join(scratch, member), 0o755);
    renameSync(join(scratch, member), path);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What a requirements.txt says. */
export function readRequirements(folder: string): string {
  return readFileSync(join(folder, 'requirements.txt'), 'utf8');
}
