// A kind cluster in place of the rig's own API server.
import { join } from 'node:path';
import { run } from '../rig/run.ts';
import { findProgram } from './requirements.ts';

/** What is missing for it, each as one sentence. */
export function missingForKind(): string[] {
  return ['kind', 'docker']
    .filter((program) => findProgram(program) === undefined)
    .map((program) => `${program} (--cluster kind): install it, or leave --cluster out`);
}

/** Gives a new cluster to `use`, by the path of its kubeconfig, and deletes it afterwards, also at Ctrl-C. */
export async function withKindCluster<T>(folder: string, use: (kubeconfig: string) => Promise<T>): Promise<T> {
  const name = `rekindle-e2e-${process.pid}`;
  const kubeconfig = join(folder, 'kubeconfig');
  const remove = (): Promise<string> => run('kind', ['delete', 'cluster', '--name', name], { seconds: 120 });
  const interrupted = (): void => void remove().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    await run('kind', ['create', 'cluster', '--name', name, '--kubeconfig', kubeconfig, '--wait', '120s'], {
      seconds: 600,
    });
    return await use(kubeconfig);
  } finally {
    process.off('SIGINT', interrupted);
    await remove();
  }
}
