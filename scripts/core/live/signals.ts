// What a cluster remembers and how to ask for it: the slice `signals` (lib/cluster/signals.libsonnet).
import type { EngineName } from '../engine.ts';
import { engineOf } from '../engine-of.ts';
import { slice } from '../slice.ts';
import type { Diagnostic, Environment } from '../types.ts';

export interface Signal {
  component: string;
  name: string;
  kind: 'dashboards' | 'logs' | 'metrics' | 'traces';
  namespace: string;
  /** Name of the Service that answers queries, and its port. */
  service: string;
  port: number;
  /** What comes before the paths of the API. */
  path: string;
  /** What every request must bear: the tenant. */
  headers: Readonly<Record<string, string>>;
  /** Seconds: how much of what came in may be gone when everything dies at once, volumes included. */
  lost: number;
  /** Seconds: how long after a start the newest of what was uploaded may stay unfound. */
  found: number;
  upload: Upload | null;
  signIn: { secret: string; user: string; password: string } | null;
}

/** What makes a store upload what it holds, where it does not do so by itself when it ends. */
export type Upload = { wait: number } | { path: string; port: number; workloads: readonly string[] };

/** The signals of an environment; findings where it can't be evaluated. */
export async function readSignals(
  environment: Environment,
  engine: EngineName,
): Promise<{ signals: Signal[] } | { diagnostics: Diagnostic[] }> {
  const result = await slice(environment, 'signals', { engine: engineOf(engine) });
  return 'diagnostics' in result ? result : { signals: result.value as Signal[] };
}
