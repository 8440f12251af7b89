// Whether other people's programs have the subcommands and flags that a document gives them: their own help says so.
import { spawnSync } from 'node:child_process';
import { findTool } from '../helpers/tools.ts';

interface Manual {
  /** The flag that prints the help of a subcommand. */
  help: string;
  /** Arguments that print the flags of every subcommand. */
  common?: readonly string[];
  /** Flags before a subcommand that take the next word. */
  takeNext?: readonly string[];
  /** Arguments that list the subcommands, where the help doesn't; null for a program without any. */
  subcommands?: readonly string[] | null;
}

export const manuals: Readonly<Record<string, Manual>> = {
  age: { help: '--help' },
  argocd: { help: '--help' },
  cmctl: { help: '--help' },
  curl: { help: '--help', common: ['--help', 'all'], subcommands: null },
  docker: { help: '--help' },
  git: { help: '-h', subcommands: ['help', '--all'] },
  jb: { help: '--help' },
  jq: { help: '--help', subcommands: null },
  k9s: { help: '--help', subcommands: null },
  kind: { help: '--help' },
  kubectl: {
    help: '--help',
    common: ['options'],
    takeNext: ['-n', '--namespace', '--kubeconfig', '--context'],
  },
  linkerd: { help: '--help' },
  nsenter: { help: '--help', subcommands: null },
  op: { help: '--help' },
  openssl: { help: '-help', subcommands: ['list', '-1', '-commands'] },
  rclone: { help: '--help' },
  sops: { help: '--help' },
  terraform: { help: '-help' },
  tk: { help: '--help' },
};

const outputs = new Map<string, string>();

function output(path: string, args: readonly string[]): string {
  const key = [path, ...args].join(' ');
  let text = outputs.get(key);
  if (text === undefined) {
    const { stdout, stderr } = spawnSync(path, args, {
      encoding: 'utf8',
      input: '',
      env: { ...process.env, PAGER: 'cat' },
    });
    text = stdout + stderr;
    outputs.set(key, text);
  }
  return text;
}

/** Whether a program is here to be asked. */
export function isInstalled(program: string): boolean {
  return findTool(program) !== undefined;
}

/** What is wrong with the words after a program, as far as its help says; undefined when nothing is. */
export function checkByManual(program: string, words: readonly string[]): string | undefined {
  const { help: helpFlag, common, takeNext = [], subcommands = [helpFlag] } = manuals[program]!;
  const path = findTool(program)!;
  const end = words.indexOf('--');
  const own = words.slice(0, end < 0 ? undefined : end);
  const subcommand: string[] = [];
  let listing = subcommands === null ? '' : output(path, subcommands);
  for (let at = 0; at < own.length && subcommands !== null; at++) {
    const word = own[at]!;
    if (word.startsWith('-')) {
      if (takeNext.includes(word)) at++;
      continue;
    }
    if (!lists(listing, word)) {
      if (subcommand.length === 0) return `${program} has no subcommand "${word}"`;
      break;
    }
    subcommand.push(word);
    listing = output(path, [...subcommand, helpFlag]);
  }
  const known = [
    output(path, [...subcommand, helpFlag]),
    output(path, [helpFlag]),
    common === undefined ? '' : output(path, common),
  ].join('\n');
  const unknown = own.map(flagOf).find((flag) => flag !== undefined && !names(known, flag));
  return unknown === undefined ? undefined : `${[program, ...subcommand].join(' ')} has no flag ${unknown}`;
}

function flagOf(word: string): string | undefined {
  return /^-[^=]+/.exec(word)?.[0];
}

function lists(listing: string, word: string): boolean {
  return new RegExp(`^\\s*${literally(word)}(, |\\s{2,}|\\*?:? |$)`, 'm').test(listing);
}

function names(help: string, flag: string): boolean {
  return new RegExp(`(^|[\\s,|[(])${literally(flag)}(?![\\w-])`, 'm').test(help);
}

function literally(text: string): string {
  return text.replace(/[^\w-]/g, '\\$&');
}
