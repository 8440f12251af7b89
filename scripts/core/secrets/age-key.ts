import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.ts';
import { output, type RunProgram } from '../program.ts';

export interface AgeKey {
  /** Where the private key lies; null when it is in SOPS_AGE_KEY. */
  file: string | null;
  /** Its public half, in .sops.yaml and in every file that it opens. */
  recipient: string;
  made: boolean;
}

/** Where sops looks for the key: SOPS_AGE_KEY_FILE, or its folder in the configuration of the user. */
export function ageKeyFile(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.SOPS_AGE_KEY_FILE) return env.SOPS_AGE_KEY_FILE;
  return join(configurationFolder(env, platform), 'sops', 'age', 'keys.txt');
}

/** Go's os.UserConfigDir, with the exception that sops makes for macOS. */
function configurationFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = env.HOME ?? homedir();
  if (platform === 'win32') return env.APPDATA ?? join(home, 'AppData', 'Roaming');
  return (
    env.XDG_CONFIG_HOME || join(home, ...(platform === 'darwin' ? ['Library', 'Application Support'] : ['.config']))
  );
}

export interface AgeKeyOptions {
  run: RunProgram;
  env?: NodeJS.ProcessEnv;
  /** Recipients of what exists already: then a new key would open nothing, and none is made. */
  sealedFor: readonly string[];
}

/** The key that sops will use, made when there is none yet. */
export async function ensureAgeKey({ run, env = process.env, sealedFor }: AgeKeyOptions): Promise<AgeKey> {
  if (env.SOPS_AGE_KEY) {
    const recipients = await recipientsOf(run, [], env.SOPS_AGE_KEY);
    return { file: null, recipient: ours(recipients, sealedFor, 'SOPS_AGE_KEY'), made: false };
  }
  const file = ageKeyFile(env);
  const made = !existsSync(file);
  if (made) {
    if (sealedFor.length > 0) throw lost(file, sealedFor);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    await output(run, { program: 'age-keygen', args: ['-o', file] });
    chmodSync(file, 0o600);
  }
  return { file, recipient: ours(await recipientsOf(run, [file]), sealedFor, file), made };
}

async function recipientsOf(run: RunProgram, file: string[], input?: string): Promise<string[]> {
  // Several keys in SOPS_AGE_KEY may share a line.
  const keys = input?.split(/[\s,]+/) ?? [];
  const call = { program: 'age-keygen', args: ['-y', ...file], input: keys.join('\n') } as const;
  const text = await output(run, call, keys);
  return text.split('\n').filter((line) => line.startsWith('age1'));
}

function ours(recipients: string[], sealedFor: readonly string[], where: string): string {
  const [first] = recipients;
  if (first === undefined) throw new UsageError(`${where}: there is no age key in it`);
  if (sealedFor.length === 0) return first;
  const fitting = recipients.find((recipient) => sealedFor.includes(recipient));
  if (fitting === undefined) throw lost(where, sealedFor);
  return fitting;
}

function lost(where: string, sealedFor: readonly string[]): UsageError {
  return new UsageError(
    `the secrets are sealed for ${sealedFor.join(', ')}, and ${where} does not have that key; bring it back from where you keep its copy`,
  );
}
