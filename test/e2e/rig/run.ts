// Programs that do one thing and end, with a deadline, their output and a message that says what failed.
import { spawn } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  /** On top of the environment of this process. */
  env?: Record<string, string>;
  /** Text for its standard input. */
  input?: string;
  /** Default: 60. */
  seconds?: number;
}

/** Runs a program and returns what it printed. Throws its last words when it fails. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { cwd, env, input, seconds = 60 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    });
    const said: Buffer[] = [];
    const complained: Buffer[] = [];
    child.stdout!.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr!.on('data', (chunk: Buffer) => complained.push(chunk));
    child.stdin?.end(input);
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(said).toString());
      const words = Buffer.concat(complained).toString().trim().slice(-4000);
      const how = signal === null ? `ended with ${code}` : `was ended by ${signal} (it may take ${seconds} s)`;
      reject(new Error(`${[command, ...args].join(' ').slice(0, 300)} ${how}${words === '' ? '' : `:\n${words}`}`));
    });
  });
}
