// The probes of running containers, called until they answer.
import { waitUntil } from '../rig/api.ts';
import type { RunningContainer } from './container.ts';
import type { Container, Pod, Probe } from './pod.ts';
import { callHandler } from './probes.ts';

type ProbeKind = 'startup' | 'readiness' | 'liveness';

/** The probes of a container of these kinds, in their order. */
export function probesOf(container: Container, kinds: readonly ProbeKind[]): [ProbeKind, Probe][] {
  return kinds.flatMap((kind): [ProbeKind, Probe][] => {
    const probe = container[`${kind}Probe`];
    return probe === undefined ? [] : [[kind, probe]];
  });
}

/** Waits until every probe of every container answers, and returns which they are, such as `webhook readiness`. */
export async function waitForProbes(
  pod: Pod,
  containers: readonly RunningContainer[],
  seconds: number,
): Promise<string[]> {
  const answered: string[] = [];
  for (const running of containers) {
    for (const [kind, probe] of probesOf(running.container, ['startup', 'readiness', 'liveness'])) {
      await waitForProbe(pod, running, kind, probe, seconds);
      answered.push(`${running.container.name} ${kind}`);
    }
  }
  return answered;
}

/** Waits until a probe answers. A container that ends before is an error that quotes its log. */
export async function waitForProbe(
  pod: Pod,
  running: RunningContainer,
  kind: ProbeKind,
  probe: Probe,
  seconds: number,
): Promise<void> {
  let failure = '';
  await waitUntil(
    async () => {
      const end = running.process.ended();
      if (end !== undefined) return true;
      try {
        await callHandler(pod, running.container, probe, running.exec);
        return true;
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
        return false;
      }
    },
    {
      seconds,
      what: `${kind} probe of ${running.process.name}`,
      state: () => `${failure}\n${running.log} ends with\n${running.process.tail()}`,
    },
  );
  const end = running.process.ended();
  if (end !== undefined)
    throw new Error(`${running.process.name} ended (${end}); ${running.log} ends with\n${running.process.tail()}`);
}
