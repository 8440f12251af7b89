// Has the stores upload what they hold before they end, where they don't do so by themselves: their volumes go next.
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.ts';
import type { Step } from './install.ts';
import type { Kubectl } from './kubectl.ts';
import { request, throughForward, type OpenForward } from './port-forward.ts';
import type { Signal } from './signals.ts';

export interface UploadOptions {
  kubectl: Kubectl;
  forward: OpenForward;
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** The steps of one app, to be taken once nobody writes any more and before its programs end. */
export function uploadSteps(
  app: string,
  signals: readonly Signal[],
  { kubectl, forward, wait = sleep }: UploadOptions,
): Step[] {
  return signals
    .filter(({ component, upload }) => component === app && upload !== null)
    .map(({ namespace, upload }) => {
      if ('wait' in upload!)
        return { name: `${app} uploads what it holds`, run: async () => void (await wait(upload.wait * 1000)) };
      const { path, port, workloads } = upload!;
      return {
        name: `${app} is told to upload what it holds`,
        run: async () => {
          for (const pod of await podsOf(kubectl, namespace, workloads)) {
            await throughForward(forward, { namespace, to: `pod/${pod}`, port }, (url) =>
              request(`${url}${path}`, { method: 'POST' }),
            ).catch((error: unknown) => {
              const why = error instanceof Error ? error.message : String(error);
              throw new UsageError(`${pod}: ${why}; mend it, or say --without-upload and lose what it holds`);
            });
          }
        },
      };
    });
}

/** Pods of these workloads that run. */
async function podsOf(kubectl: Kubectl, namespace: string, workloads: readonly string[]): Promise<string[]> {
  const pods = await kubectl.list('pods', { namespace });
  return pods
    .filter(({ metadata, status }) => {
      const name = metadata.labels?.['app.kubernetes.io/name'];
      return status?.phase === 'Running' && name !== undefined && workloads.includes(name);
    })
    .map(({ metadata }) => metadata.name)
    .sort();
}
