// The programs that a bootstrap calls: that each is there, and new enough. One that is too old would fail in the middle.
import type { Program, RunProgram } from '../program.ts';
import type { Diagnostic } from '../types.ts';

interface Tool {
  /** What makes it tell its version. */
  args: readonly string[];
  /** The oldest that will do, and what needs it. */
  oldest: string;
  since: string;
}

const terraform: Tool = { args: ['version'], oldest: '1.10.0', since: 'the stacks say so (required_version)' };

const tools = {
  kubectl: { args: ['version', '--client'], oldest: '1.30.0', since: 'older ones are too far from the API server' },
  sops: { args: ['--version'], oldest: '3.11.0', since: 'the files of secrets are of that version' },
  terraform,
  tofu: terraform,
} satisfies Partial<Record<Program, Tool>>;

export type CheckedProgram = keyof typeof tools;

/** What is wrong with a program: it isn't there, or is too old; nothing when it will do. */
export async function checkProgram(
  program: CheckedProgram,
  { run, env, rule }: { run: RunProgram; env: string; rule: string },
): Promise<Diagnostic[]> {
  const { args, oldest, since } = tools[program];
  try {
    const { stdout } = await run({ program, args });
    const version = /\bv?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    // Whoever built it from source knows what it is.
    if (version === undefined || !isOlder(version, oldest)) return [];
    const message = `${program} ${version} is too old: ${oldest} or newer is needed, since ${since}`;
    return [{ rule, severity: 'error', env, message, hint: `install a newer ${program}` }];
  } catch (error) {
    return [{ rule, severity: 'error', env, message: error instanceof Error ? error.message : String(error) }];
  }
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
