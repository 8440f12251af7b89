// In which order a commit moved through the Applications, by looking at them again and again.
import { isSettled, rootName, type AppState } from './applications.ts';

export interface WaveRecorder {
  /** To be called with every look at the Applications. */
  look(apps: readonly AppState[]): void;
  /** What was out of order: nothing when every Application waited for all of the waves before its own. */
  mistakes(): string[];
  /** Applications in the order in which the commit reached them, those of one moment joined by `+`. */
  order(): string[];
}

/** Records when a commit reaches each Application and when each is Synced and Healthy with it. */
export function recordWaves(commit: string): WaveRecorder {
  const reached = new Map<string, { look: number; wave: number }>();
  const settled = new Map<string, number>();
  let count = 0;
  return {
    look(apps) {
      count++;
      for (const app of apps) {
        if (app.name === rootName) continue;
        if (app.follows === commit && !reached.has(app.name)) reached.set(app.name, { look: count, wave: app.wave });
        if (isSettled(app, commit) && !settled.has(app.name)) settled.set(app.name, count);
      }
    },
    mistakes() {
      const entries = [...reached];
      return entries.flatMap(([late, { look, wave }]) =>
        entries
          .filter(([early, before]) => before.wave < wave && !((settled.get(early) ?? Infinity) <= look))
          .map(([early, before]) => `${late} (wave ${wave}) did not wait for ${early} (wave ${before.wave})`),
      );
    },
    order() {
      const looks = [...new Set([...reached.values()].map(({ look }) => look))].sort((a, b) => a - b);
      return looks.map((look) =>
        [...reached]
          .filter(([, at]) => at.look === look)
          .map(([name]) => name)
          .sort()
          .join('+'),
      );
    },
  };
}
