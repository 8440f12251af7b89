// A cluster that somebody else made dies as that person says.
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.ts';
import type { Step } from '../live/install.ts';
import type { Kubectl } from '../live/kubectl.ts';
import { runShell } from '../program.ts';

/** How long an empty cluster may take until it answers, in seconds. */
const patience = 600;

/** Runs the command, and waits until the API server answers again. */
export function killSteps(command: string, kubectl: Kubectl): Step[] {
  return [
    { name: 'the cluster dies', run: () => runShell(command) },
    { name: 'an empty one answers', run: () => answers(kubectl) },
  ];
}

async function answers(kubectl: Kubectl): Promise<void> {
  const deadline = performance.now() + patience * 1000;
  for (;;) {
    try {
      await kubectl.run(['get', '--raw', '/readyz', '--request-timeout', '5s']);
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        const why = error instanceof Error ? error.message : String(error);
        throw new UsageError(`after ${patience} s the API server does not answer: ${why}`);
      }
      await sleep(2000);
    }
  }
}
