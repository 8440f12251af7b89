import type { Proof } from '../proofs/index.ts';
import { ensureBuilt, readTools } from '../rig/tools.ts';

/** Builds what the given proofs start, one after the other: each build uses every core. Says one line per binary. */
export async function buildTools(proofs: readonly Proof[], say: (line: string) => void): Promise<number> {
  const tools = readTools();
  const start = performance.now();
  for (const name of new Set(proofs.flatMap((proof) => proof.tools))) {
    const tool = tools.get(name);
    if (tool === undefined)
      throw new Error(`no folder of test/e2e/tools builds "${name}"; there are: ${[...tools.keys()].join(', ')}`);
    const seconds = await ensureBuilt(tool);
    say(`${name} ${tool.version}: ${seconds === 0 ? 'already built' : `built in ${seconds.toFixed(0)} s`}`);
  }
  return (performance.now() - start) / 1000;
}
