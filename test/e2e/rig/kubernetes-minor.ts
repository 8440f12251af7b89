// Kubernetes in another minor than the one that tools/kubernetes pins: its Go module is made when it is first asked for.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, readTools, toolsFolder, toolsIn, type Tool } from './tools.ts';
import { run } from './run.ts';

/** The minor of tools/kubernetes, and those that can be had besides: release by minor. */
export const defaultMinor = '1.36';
export const otherMinors: Readonly<Record<string, string>> = { '1.34': 'v1.34.4', '1.35': 'v1.35.4' };

/** The folder with the module of a minor. It has a go.mod once `makeKubernetesModule` was called. */
export function kubernetesFolder(minor: string): string {
  if (minor === defaultMinor) return join(toolsFolder, 'kubernetes');
  return join(cacheFolder(), `module-kubernetes-${otherMinors[minor]}`);
}

/** Every tool, with Kubernetes in a minor whose module is there. */
export function toolsOf(minor: string): Map<string, Tool> {
  const tools = readTools();
  for (const tool of toolsIn(kubernetesFolder(minor))) tools.set(tool.binary, tool);
  return tools;
}

/** Makes the Go module of another minor; the checksum database vouches for what it requires. */
export async function makeKubernetesModule(minor: string): Promise<void> {
  const folder = kubernetesFolder(minor);
  const release = otherMinors[minor];
  if (release === undefined || existsSync(join(folder, 'go.sum'))) return;
  mkdirSync(folder, { recursive: true });
  const tool = readFileSync(join(toolsFolder, 'kubernetes', 'tool.json'), 'utf8');
  writeFileSync(join(folder, 'tool.json'), tool);
  const env = { GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=mod' };
  const download = await run('go', ['mod', 'download', '-json', `k8s.io/kubernetes@${release}`], {
    cwd: folder,
    env,
    seconds: 600,
  });
  const { GoMod } = JSON.parse(download) as { GoMod: string };
  writeFileSync(join(folder, 'go.mod'), kubernetesModule(readFileSync(GoMod, 'utf8'), release));
  const packages = Object.values((JSON.parse(tool) as { binaries: Record<string, string> }).binaries);
  // Fills in go.mod and go.sum, or is done again next time.
  await run('go', ['list', '-deps', ...packages], { cwd: folder, env, seconds: 1200 });
}

/**
 * A module that requires a release of Kubernetes: what its own go.mod replaces by folders of its repository is published
 * as modules of their own, `v1.34.4` as `v0.34.4`. The samples are not, and nobody needs them.
 */
export function kubernetesModule(upstream: string, release: string): string {
  const go = /^go .*$/m.exec(upstream)?.[0] ?? 'go 1.24.0';
  const staged = [...upstream.matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging\//gm)].map(([, name]) => name!);
  const replaced = staged
    .filter((name) => !name.startsWith('k8s.io/sample-'))
    .map((name) => `\t${name} => ${name} ${release.replace(/^v1\./, 'v0.')}\n`);
  return `module rekindle/e2e/kubernetes\n\n${go}\n\nrequire k8s.io/kubernetes ${release}\n\nreplace (\n${replaced.join('')})\n`;
}
