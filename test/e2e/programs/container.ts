// One container, by runc.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../rig/api.ts';
import { startProcess, type RunningProcess } from '../rig/process.ts';
import { run } from '../rig/run.ts';
import type { Container } from './pod.ts';
import { runtimeConfig, type ContainerPlan } from './runtime-config.ts';

export interface RunningContainer {
  container: Container;
  /** Path of the file with what it writes. */
  log: string;
  process: RunningProcess;
  /** The most resident memory of its first process so far, in MiB; 0 when it has ended. */
  memory(): number;
  /** Runs a command in it. */
  exec(command: readonly string[], seconds?: number): Promise<string>;
  /** Ends it: by SIGTERM, after the grace period by SIGKILL. */
  stop(graceSeconds?: number): Promise<void>;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
}

/** Where a container's things lie, and what it is called in logs. */
export interface ContainerPlace {
  /** Unique in the rig. */
  name: string;
  /** Folder for its bundle. */
  folder: string;
  /** Folder for its log. */
  logs: string;
}

/** Writes the bundle that runc reads. */
function makeBundle(plan: Omit<ContainerPlan, 'rootfs'>, { folder }: ContainerPlace): void {
  const rootfs = join(folder, 'rootfs');
  mkdirSync(rootfs, { recursive: true });
  // Whoever the container runs as must be able to look into it.
  chmodSync(rootfs, 0o755);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(runtimeConfig({ ...plan, rootfs })));
}

const runc = (folder: string): string[] => ['runc', '--root', join(folder, 'state')];

/** Runs a container to its end. Throws, with its last words, when it fails. */
export async function runToEnd(
  plan: Omit<ContainerPlan, 'rootfs'>,
  place: ContainerPlace,
  seconds: number,
): Promise<void> {
  makeBundle(plan, place);
  const [command, ...args] = [...runc(place.folder), 'run', '--bundle', place.folder, place.name];
  try {
    appendFileSync(join(place.logs, `${place.name}.log`), await run(command!, args, { seconds }));
  } catch (error) {
    throw new Error(`${place.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Starts a container. */
export async function startContainer(
  plan: Omit<ContainerPlan, 'rootfs'>,
  place: ContainerPlace,
): Promise<RunningContainer> {
  const { name, folder, logs } = place;
  makeBundle(plan, place);
  const pidFile = join(folder, 'pid');
  // Of an earlier pod with the same name.
  rmSync(pidFile, { force: true });
  const started = await startProcess(
    { name, command: [...runc(folder), 'run', '--bundle', folder, '--pid-file', pidFile, name] },
    logs,
  );
  const tool = (args: readonly string[], seconds = 30): Promise<string> => {
    const [command, ...first] = runc(folder);
    return run(command!, [...first, ...args], { seconds });
  };
  await waitUntil(() => readFileSync(pidFile, 'utf8') !== '', {
    seconds: 20,
    what: `${name} runs; see ${started.log}`,
  });
  return {
    container: plan.container,
    log: started.log,
    process: started,
    memory: () => (started.ended() === undefined ? residentPeak(Number(readFileSync(pidFile, 'utf8'))) : 0),
    exec: (command, seconds) => tool(['exec', name, ...command], seconds),
    async stop(graceSeconds = 30) {
      if (started.ended() !== undefined) return;
      await tool(['kill', name, 'TERM']);
      try {
        await waitUntil(() => started.ended() !== undefined, {
          seconds: graceSeconds,
          what: `${name} ends after SIGTERM`,
        });
      } finally {
        if (started.ended() === undefined) await tool(['kill', name, 'KILL']);
      }
    },
    async kill() {
      if (started.ended() !== undefined) return;
      await tool(['kill', name, 'KILL']);
      await waitUntil(() => started.ended() !== undefined, { seconds: 20, what: `${name} ends after SIGKILL` });
    },
  };
}

function residentPeak(pid: number): number {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kibibytes ?? 0) / 1024);
  } catch {
    // It ended this moment.
    return 0;
  }
}
