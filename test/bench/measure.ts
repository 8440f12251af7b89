import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Case {
  name: string;
  /** Program and arguments; its output is thrown away. */
  command: string[];
  cwd: string;
  env?: Record<string, string>;
  /** Exit codes that count as success; default 0. */
  accept?: number[];
  /** Runs before each measured run and isn't measured. */
  prepare?: () => void;
}

export interface Measured {
  name: string;
  /** Median CPU seconds: user and system, children included. */
  cpu: number;
  /** Median wall seconds. */
  wall: number;
  /** Peak memory of the largest process, where it was asked for and GNU time is installed. */
  mebibytes?: number | undefined;
  runs: number;
}

// bash's `time` reads getrusage of the child in milliseconds; Node itself can't ask for that of another process.
const timed = 'TIMEFORMAT="%U %S %R"; { time "$@" >/dev/null 2>&3; } 3>/dev/null';

const runOnce = ({ name, command, cwd, env, accept = [0], prepare }: Case): { cpu: number; wall: number } => {
  prepare?.();
  const { status, stderr } = spawnSync('bash', ['-c', timed, '_', ...command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (!accept.includes(status ?? -1)) throw new Error(`${name}: ${command.join(' ')} ended with ${status}`);
  const [user, system, wall] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number, number];
  return { cpu: user + system, wall };
};

export const median = (numbers: number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Every case once, then every case again: what disturbs the machine disturbs all of them alike. */
export const measure = (cases: Case[], runs: number): Measured[] => {
  const samples = cases.map(() => [] as { cpu: number; wall: number }[]);
  for (let run = 0; run < runs; run += 1) cases.forEach((c, i) => samples[i]!.push(runOnce(c)));
  return cases.map(({ name }, i) => ({
    name,
    cpu: median(samples[i]!.map(({ cpu }) => cpu)),
    wall: median(samples[i]!.map(({ wall }) => wall)),
    runs,
  }));
};

/** GNU time reads the peak of a process from the kernel; bash and Node can't. */
const gnuTime = '/usr/bin/time';

/** The same with the peak memory of each case, in a run more. */
export const measureWithMemory = (cases: Case[], runs: number): Measured[] =>
  measure(cases, runs).map((measured, i) => ({ ...measured, mebibytes: peakMemory(cases[i]!) }));

/** Megabytes that the largest process of a command had in memory at most, in a run of its own; undefined without GNU time. */
export const peakMemory = ({ command, cwd, env, prepare }: Case): number | undefined => {
  if (!existsSync(gnuTime)) return undefined;
  prepare?.();
  const options = { cwd, encoding: 'utf8' as const, env: { ...process.env, ...env }, maxBuffer: 2 ** 30 };
  const { stderr } = spawnSync(gnuTime, ['-f', '%M', ...command], options);
  const kilobytes = Number(stderr.trim().split('\n').at(-1));
  return Number.isFinite(kilobytes) ? kilobytes / 1024 : undefined;
};
