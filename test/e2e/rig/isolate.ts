// Every proof runs in namespaces of its own: nothing listens outside, and when its first process ends, the kernel ends
// all others with it, however it came to that.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/**
 * Starts a command as the first process of new network, mount, process and host name namespaces. They end with the
 * command, with the process that started it (also after SIGKILL), and at Ctrl-C.
 */
export function spawnIsolated(
  command: readonly string[],
  options: { env: NodeJS.ProcessEnv; stdio: StdioOptions },
): ChildProcess {
  return spawn(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--net',
      '--mount',
      '--uts',
      '--ipc',
      '--pid',
      '--mount-proc',
      '--fork',
      '--kill-child=KILL',
      ...command,
    ],
    options,
  );
}
