// Other people's programs: kubectl, terraform, sops. Values travel on their standard input and output, never as arguments,
// which every process of the machine could read.
import { spawn } from 'node:child_process';
import { living } from './children.ts';
import { UsageError, errorCode } from './errors.ts';
import { redact } from './redact.ts';

export interface ProgramCall {
  program: Program;
  args: readonly string[];
  /** Written to its standard input. */
  input?: string;
  cwd?: string;
  /** It has the terminal for itself, and nothing of what it writes is read. */
  interactive?: boolean;
}

export interface ProgramResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; it fails only when the program can't be started. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;

export type Program = keyof typeof sources;

/** Who is missing, in one sentence. */
const sources = {
  sops: 'sops is not installed: it seals the secrets; install version 3.11 or newer (github.com/getsops/sops)',
  'age-keygen':
    'age-keygen is not installed: it makes the key of the secrets; install age (github.com/FiloSottile/age)',
  git: 'git is not installed; install it (git-scm.com)',
  terraform: 'terraform is not installed: it makes the cluster; install it (developer.hashicorp.com/terraform/install)',
  tofu: 'tofu is not installed: it makes the cluster; install it (opentofu.org/docs/intro/install)',
  kubectl: 'kubectl is not installed: it talks to the cluster; install it (kubernetes.io/docs/tasks/tools)',
};

/** The real thing, for everything but tests. */
export const runProgram: RunProgram = ({ program, args, input, cwd, interactive = false }) =>
  new Promise((resolve, reject) => {
    const stdio = interactive ? 'inherit' : 'pipe';
    const child = spawn(program, args, { cwd, stdio });
    living.add(child);
    const result: ProgramResult = { code: 0, stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
    child.on('error', (error) => {
      living.delete(child);
      reject(errorCode(error) === 'ENOENT' ? new UsageError(sources[program]) : error);
    });
    child.on('close', (code) => {
      living.delete(child);
      resolve({ ...result, code: code ?? 1 });
    });
    // A program that refuses its arguments doesn't read; its exit says more than EPIPE would.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });

/**
 * Runs a program and gives what it wrote to standard output. When it fails, the error has its own words, without anything
 * of `confidential` in them.
 */
export async function output(
  run: RunProgram,
  call: ProgramCall,
  confidential: readonly string[] = [],
): Promise<string> {
  const result = await run(call);
  if (result.code !== 0) throw failure(call, result, confidential);
  return result.stdout;
}

export function failure(
  { program, args }: ProgramCall,
  { code, stderr }: ProgramResult,
  confidential: readonly string[],
): UsageError {
  const said = redact(stderr.trim(), confidential);
  return new UsageError(
    `${program} ${args[0] ?? ''} failed with exit code ${code}${said === '' ? '' : `: ${said.replace(/\s*\n\s*/g, ' ')}`}`,
  );
}

/** Runs a line of shell that somebody wrote for this; what it says goes to the terminal. Throws when it fails. */
export async function runShell(line: string): Promise<void> {
  const child = spawn(line, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  living.add(child);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  }).finally(() => living.delete(child));
  if (code !== 0) throw new UsageError(`"${line}" failed with exit code ${code}`);
}
