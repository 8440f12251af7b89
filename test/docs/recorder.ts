// Which programs Bash would start, and with which words: it reads the commands itself, with nothing on its PATH.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../helpers/repository.ts';

// What Bash doesn't find goes to its own hook: the words are kept, and count as done.
const prelude = `PATH=/nonexistent
command_not_found_handle() { printf '%s\\0' "$#" "$@" >> "$RECORD"; }
cd() { :; }
umask() { :; }
`;

/** Words of every program that each command starts, in the order of the commands. */
export function recordWords(commands: readonly string[]): string[][][] {
  const folder = temporaryFolder();
  const record = join(folder, 'record');
  // Redirections are Bash's own, and write where documents write.
  mkdirSync(join(folder, 'work', 'rendered'), { recursive: true });
  const script = join(folder, 'script');
  const eachOne = commands.map((text) => `printf '%s\\0' command >> "$RECORD"\neval ${quoted(text)}\n`);
  writeFileSync(record, '');
  writeFileSync(script, prelude + eachOne.join(''));
  const { status, stderr } = spawnSync('bash', [script], {
    cwd: join(folder, 'work'),
    env: { ...process.env, RECORD: record },
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`Bash can't read ${commands.join('\n')}: ${stderr}`);
  return parseRecord(readFileSync(record, 'utf8'));
}

function parseRecord(text: string): string[][][] {
  const fields = text.split('\0');
  const commands: string[][][] = [];
  for (let at = 0; at < fields.length - 1;) {
    const field = fields[at++]!;
    if (field === 'command') commands.push([]);
    else {
      const count = Number(field);
      commands.at(-1)!.push(fields.slice(at, at + count));
      at += count;
    }
  }
  return commands;
}

/** As one word for Bash. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
