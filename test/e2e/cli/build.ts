import type { Proof } from '../proofs/index.ts';
import { makeKubernetesModule, toolsOf } from '../rig/kubernetes-minor.ts';
import { pruneCache } from '../rig/prune-cache.ts';
import { ensureBuilt } from '../rig/tools.ts';

/**
 * Builds what the given proofs start, one after the other: each build uses every core, and deletes what nobody used for long.
 * Says one line per binary and returns how many seconds all of it took.
 */
export async function buildTools(
  proofs: readonly Proof[],
  kubernetes: string,
  say: (line: string) => void,
): Promise<number> {
  const start = performance.now();
  await makeKubernetesModule(kubernetes);
  const tools = toolsOf(kubernetes);
  for (const name of new Set(proofs.flatMap((proof) => proof.tools))) {
    const tool = tools.get(name);
    if (tool === undefined) {
      throw new Error(`no folder of test/e2e/tools builds "${name}"; there are: ${[...tools.keys()].join(', ')}`);
    }
    const seconds = await ensureBuilt(tool);
    say(`${name} ${tool.version}: ${seconds === 0 ? 'already built' : `built in ${seconds.toFixed(0)} s`}`);
  }
  for (const name of pruneCache()) say(`${name}: deleted, nothing used it for a month`);
  return (performance.now() - start) / 1000;
}
