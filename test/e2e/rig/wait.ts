import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again, about four times a second. An answer that is an error counts as no. */
export async function waitUntil(
  check: () => Promise<boolean> | boolean,
  { seconds = 60, what, state }: { seconds?: number; what: string; state?: () => string },
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (true) {
    let failure = '';
    try {
      if (await check()) return;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > deadline)
      throw new Error(
        `after ${seconds} s still not: ${what}${state === undefined ? '' : `\n${state()}`}${failure === '' ? '' : `\n${failure}`}`,
      );
    await sleep(250);
  }
}
