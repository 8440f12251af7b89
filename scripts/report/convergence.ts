// What is said while Applications become Synced and Healthy: on a terminal one line that is drawn anew, else a line for
// each app that gets there.
import type { Look } from '../core/live/convergence.ts';
import type { Trouble } from '../core/live/troubles.ts';
import { startProgress } from './progress.ts';
import { formatTroubles } from './status-text.ts';

export interface ConvergenceView {
  onLook(look: Look): void;
  /** Removes what is drawn. */
  end(): void;
}

export function startConvergenceView(
  stream: NodeJS.WriteStream,
  total: number,
  start = performance.now(),
): ConvergenceView {
  const progress = startProgress(stream, total);
  const said = new Set<string>();
  let lastTrouble = '';
  const print = (line: string): void => {
    progress.clear();
    stream.write(line);
  };
  return {
    onLook({ apps, settled, blocking, troubles }) {
      const elapsed = Math.round((performance.now() - start) / 1000);
      for (const name of settled.filter((one) => !said.has(one))) {
        said.add(name);
        print(`${String(elapsed).padStart(5)} s  ${name} is Synced and Healthy\n`);
        progress.advance();
      }
      // One that was in order and no longer is will be said again.
      for (const name of said) if (!settled.includes(name)) said.delete(name);
      const trouble = describe(troubles);
      if (trouble !== '' && trouble !== lastTrouble) print(`${trouble}`);
      lastTrouble = trouble;
      const app = apps.find(({ name }) => name === blocking);
      progress.show(app === undefined ? 'waits for Argo CD' : `${app.name}: ${app.sync}, ${app.health}`);
    },
    end: () => progress.clear(),
  };
}

/** The first trouble that lasts. What may pass by itself is worth no line. */
function describe(troubles: readonly Trouble[]): string {
  const lasting = troubles.find((trouble) => trouble.lasting);
  return lasting === undefined ? '' : `         ${formatTroubles([lasting])}`;
}
