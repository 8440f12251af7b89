// A clean machine: a clone of the repository as it lies here, nothing installed in it, a home without settings, and a Bash
// that runs what the documents say in it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../helpers/repository.ts';
import { findTool } from '../helpers/tools.ts';
import { deeds as usualDeeds, notRun, type Deed, type Listed } from './accounts.ts';
import { repositoryRoot } from './markdown.ts';
import { quoted } from './recorder.ts';
import type { Command } from './shell.ts';

export interface Followed {
  command: Command;
  code: number;
  /** What it printed, errors included. */
  output: string;
}

export interface CleanMachine {
  /** The home of its user; a new one for each page. */
  home: string;
  /** Runs the commands of one page in a clone without traces of another, in one shell, in their order. */
  follow(commands: readonly Command[]): Promise<Followed[]>;
}

export interface MachineOptions {
  /** What is not run. Default: all that accounts.ts lists. */
  listed?: readonly Listed[];
  /** What is done with an editor. Default: that of accounts.ts. */
  deeds?: readonly Deed[];
  /** The bare repository that is cloned, and pushed to. Default: one made of this checkout. */
  origin?: string;
  /** Folders with further programs. */
  programs?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Between what one command prints and the next. */
const separator = '\x1e';

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd, encoding: 'utf8' });

/** A bare repository with the files of this checkout, new and changed ones too, as one commit. */
function makeOrigin(folder: string): string {
  const origin = join(folder, 'infrastructure.git');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', origin);
  const fromCheckout = ['--git-dir', origin, '--work-tree', repositoryRoot, '-c', 'core.bare=false'];
  git(repositoryRoot, ...fromCheckout, 'add', '--all', repositoryRoot);
  git(repositoryRoot, ...fromCheckout, 'commit', '--quiet', '--message', 'The checkout');
  return origin;
}

export function cleanMachine(options: MachineOptions = {}): CleanMachine {
  const { listed = notRun, deeds = usualDeeds, programs = [], env = {} } = options;
  const folder = temporaryFolder();
  const origin = options.origin ?? makeOrigin(folder);
  const home = join(folder, 'home');
  const clone = join(folder, 'clone');
  git(folder, 'clone', '--quiet', origin, clone);
  const first = git(clone, 'rev-parse', 'HEAD').trim();
  const shims = join(folder, 'shims');
  writeShims(shims, listed, clone);
  const variables = {
    PATH: [shims, ...programs, ...toolFolders(), process.env.PATH].join(delimiter),
    SHIMS: shims,
    ORIGIN: origin,
    // Nothing of the person who runs this, nothing that asks, and no editor.
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'sed -i 1iMine',
    EDITOR: 'true',
    npm_config_loglevel: 'silent',
    npm_config_update_notifier: 'false',
    // What npm ci downloads lies in the cache of whoever runs this: with it, it needs no network.
    npm_config_cache: execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim(),
    NO_COLOR: '1',
    // A reader has a terminal.
    TANKA_DANGEROUS_ALLOW_REDIRECT: 'true',
    ...env,
  };
  return {
    home,
    follow(commands) {
      // What the first page installed stays; what a page wrote goes.
      git(clone, 'reset', '--quiet', '--hard', first);
      git(clone, 'clean', '--quiet', '-dfx', '-e', 'node_modules', '-e', 'dist', '-e', '.cache');
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home);
      writeFileSync(join(home, '.gitconfig'), '[user]\n  name = Somebody\n  email = somebody@example.org\n');
      return run(
        { commands, deeds, cwd: clone, script: join(folder, 'script') },
        { ...inherited(), HOME: home, ...variables },
      );
    },
  };
}

interface Session {
  commands: readonly Command[];
  deeds: readonly Deed[];
  cwd: string;
  /** File that Bash reads. */
  script: string;
}

async function run({ commands, deeds, cwd, script }: Session, env: NodeJS.ProcessEnv): Promise<Followed[]> {
  const lines = commands.map((command) => `${deedBefore(command, deeds)}eval ${quoted(command.text)}\n${mark}`);
  // Without them in front of everything each command would be run for real.
  const demandShims = `[ "$(type -P npm)" = "$SHIMS/npm" ] || exit 3\n`;
  writeFileSync(script, `${demandShims}exec 2>&1\nset -o pipefail\n${lines.join('')}`);
  // Bash itself: the scripts that stand for programs may name it, too.
  const child = spawn(findTool('bash')!, [script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 1_500_000,
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const printed = Buffer.concat(chunks).toString();
  const failure = printed.indexOf(deedFailed);
  if (failure >= 0) throw new Error(printed.slice(failure).split('\n')[0]);
  const parts = printed.split(separator);
  if (parts.length !== 2 * commands.length + 1) {
    throw new Error(`${commands[0]!.document}: the shell ended early (${signal ?? 'exit'}):\n${printed.slice(-2000)}`);
  }
  return commands.map((command, index) => ({
    command,
    output: parts[2 * index]!.replace(/^\n/, ''),
    code: Number(parts[2 * index + 1]),
  }));
}

/** What stands before what a command printed when the deed before it failed. */
const deedFailed = 'test/docs/accounts.ts: the deed failed that comes before ';

const mark = `printf '\\036%s\\036\\n' $?\n`;

function deedBefore({ document, text }: Command, deeds: readonly Deed[]): string {
  return deeds
    .filter((deed) => deed.document === document && text.startsWith(deed.before))
    .map(
      ({ before, script }) => `( set -e\n${script}\n) > /dev/null 2>&1 || echo ${quoted(`${deedFailed}${before}`)}\n`,
    )
    .join('');
}

/** Of the environment of this process what a login shell would have as well. */
function inherited(): NodeJS.ProcessEnv {
  const names = ['LANG', 'LC_ALL', 'TERM', 'TMPDIR', 'TZ', 'USER', 'LOGNAME'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function toolFolders(): string[] {
  return ['sops', 'age-keygen', 'tk'].flatMap((name) => {
    const path = findTool(name);
    return path === undefined ? [] : [join(path, '..')];
  });
}

/**
 * For each program of which something is listed a script of its name, first on the PATH: what is listed does nothing, the rest
 * goes to the program itself. So every line of a document stays as it is.
 */
function writeShims(folder: string, listed: readonly Listed[], clone: string): void {
  mkdirSync(folder);
  const programs = new Set(['npm', ...listed.map(({ words }) => words.split(' ')[0]!)]);
  for (const program of programs) {
    const patterns = listed
      .filter(({ words }) => words.split(' ')[0] === program)
      .map(({ words }) => `  ${quoted(`${words} `)}*) exec cat > /dev/null ;;\n`);
    const text = [
      // Not by env: one of them may be named bash.
      '#!/bin/bash\n',
      `case "${program} $* " in\n`,
      ...patterns,
      ...(program === 'npm' ? [`  'npm ci ') exec bash ${quoted(join(folder, 'npm-ci.sh'))} ;;\n`] : []),
      'esac\n',
      `PATH=\${PATH#*:}\nexec ${program} "$@"\n`,
    ].join('');
    writeExecutable(join(folder, program), text);
  }
  writeExecutable(join(folder, 'npm-ci.sh'), npmCi(clone));
}

/**
 * `npm ci` from npm's cache. It leaves out what the scripts of packages build, which is node-jsonnet by a C++ compiler in
 * minutes; `prepare` of our own follows. Where the cache lacks a package, what is installed in this checkout is copied; so is
 * what the first `npm ci` installed when another page asks for it in another folder.
 */
function npmCi(clone: string): string {
  return `set -e
PATH=\${PATH#*:}
if [ -d ${quoted(join(clone, 'node_modules'))} ]; then
  [ -d node_modules ] || cp -r ${quoted(join(clone, 'node_modules'))} ${quoted(join(clone, 'dist'))} .
  exit
fi
if ! said=$(npm ci --offline --ignore-scripts --loglevel=error 2>&1); then
  case "$said" in
    *ENOTCACHED*) cp -r ${quoted(join(repositoryRoot, 'node_modules'))} . ;;
    *) echo "$said"; exit 1 ;;
  esac
fi
npm run prepare
`;
}

function writeExecutable(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
