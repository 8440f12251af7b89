// The record of one moment: everything that is looked for again afterwards. It is data, and lies in a file while the cluster
// is away.
import { request, throughForward, type ForwardTarget, type OpenForward } from '../live/port-forward.ts';
import type { Kubectl } from '../live/kubectl.ts';
import type { Signal } from '../live/signals.ts';
import { UsageError } from '../errors.ts';
import { certificates } from './certificates.ts';
import { logs, metrics } from './counts.ts';
import { dashboards } from './dashboards.ts';
import type { Ask, Piece, Reader, Span } from './pieces.ts';
import { traces } from './traces.ts';

export interface RecordedSignal {
  component: string;
  name: string;
  unit: string;
  /** Seconds that may be missing after everything died at once, and seconds until all is found: as in `Signal`. */
  lost: number;
  found: number;
  pieces: Piece[];
}

export interface Record {
  environment: string;
  /** Seconds since 1970. */
  takenAt: number;
  /** What was looked at. */
  spans: Span[];
  signals: RecordedSignal[];
}

const readers: Readonly<{ [kind in Signal['kind']]: Reader }> = { dashboards, logs, metrics, traces };

const day = 24 * 3600;
/** Days ago at which a few minutes are looked at as well: what has long been in object storage must come back, too. */
const samples = { days: [1, 7, 28], seconds: 600 };

/**
 * The stretches to look at: the last `window` seconds before `now`, and samples of the past. Both ends are multiples of the
 * step, so that a server which aligns them changes nothing.
 */
export function spansAt(now: number, window: number): Span[] {
  // At most some 480 steps, and none shorter than programs are scraped.
  const step = Math.max(5, Math.ceil(window / 480 / 5) * 5);
  const aligned = (time: number): number => Math.floor(time / step) * step;
  const to = aligned(now);
  const past = samples.days.map((days) => ({
    from: aligned(to - days * day - samples.seconds),
    to: aligned(to - days * day),
    step,
  }));
  return [{ from: aligned(to - window), to, step }, ...past];
}

export interface Reach {
  kubectl: Kubectl;
  forward: OpenForward;
}

/** Records an environment. Throws, naming the signal, when one can't be asked. */
export async function takeRecord(
  environment: string,
  signals: readonly Signal[],
  { now, window }: { now: number; window: number },
  reach: Reach,
): Promise<Record> {
  const spans = spansAt(now, window);
  const recorded: RecordedSignal[] = [];
  for (const signal of signals) {
    const { component, name, kind, lost, found } = signal;
    const { unit, record } = readers[kind];
    const pieces = await asking(signal, reach, (ask) => record(ask, spans)).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(
        `${name} of ${component} can't be recorded: ${why}; mend it, or leave it out with --without ${component}`,
      );
    });
    recorded.push({ component, name, unit, lost, found, pieces });
  }
  recorded.push({ ...certificatesSignal, pieces: await certificates(reach.kubectl) });
  return { environment, takenAt: now, spans, signals: recorded };
}

/** cert-manager has no API to ask but the cluster itself. Bootstrap waits for them already. */
const certificatesSignal = {
  component: 'cert-manager',
  name: 'certificates',
  unit: 'certificates',
  lost: 0,
  found: 120,
} as const;

/** Reads what was recorded of one signal once more. */
export async function readAgain(
  recorded: RecordedSignal,
  signals: readonly Signal[],
  spans: readonly Span[],
  reach: Reach,
): Promise<Piece[]> {
  if (recorded.name === certificatesSignal.name) return certificates(reach.kubectl);
  const signal = signals.find(({ component, name }) => component === recorded.component && name === recorded.name);
  if (signal === undefined) throw new UsageError(`the environment has no ${recorded.name} of ${recorded.component}`);
  return asking(signal, reach, (ask) => readers[signal.kind].again(ask, spans, recorded.pieces));
}

async function asking<T>(signal: Signal, { kubectl, forward }: Reach, use: (ask: Ask) => Promise<T>): Promise<T> {
  const { namespace, service, port, path, headers } = signal;
  const target: ForwardTarget = { namespace, to: `service/${service}`, port };
  const authorization = await signInOf(signal, kubectl);
  const all = { accept: 'application/json', ...headers, ...authorization };
  return throughForward(forward, target, (url) =>
    use(async (question) => {
      const text = await request(`${url}${path}${question}`, { headers: all }, [404]);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    }),
  );
}

async function signInOf({ namespace, signIn }: Signal, kubectl: Kubectl): Promise<{ authorization?: string }> {
  if (signIn === null) return {};
  const secret = await kubectl.find('secrets', signIn.secret, namespace);
  const { data = {} } = (secret ?? {}) as { data?: { [key: string]: string } };
  const [user, password] = [signIn.user, signIn.password].map((key) =>
    Buffer.from(data[key] ?? '', 'base64').toString(),
  );
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
