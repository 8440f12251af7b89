// The command line: finds the verb, loads only that one, and turns what it throws into an exit code. Bundled it is
// dist/main.js; dist/rekindle.js prepares Node.js for it.
import type { Command } from 'commander';
import { endOnSignal, killChildren } from './core/children.ts';
import { UsageError, errorCode, errorMessage } from './core/errors.ts';

interface Verb {
  summary: string;
  /** Each verb is loaded when it is asked for, and only then. */
  load: () => Promise<{ command: () => Command }>;
}

const verbs: Record<string, Verb> = {
  render: {
    summary: 'render every environment to files, and validate what was rendered',
    load: () => import('./render.ts'),
  },
  validate: {
    summary: 'check environments, or any YAML and JSON files, against schemas and rules',
    load: () => import('./validate.ts'),
  },
  diff: { summary: 'show what a change does to the rendered manifests', load: () => import('./diff.ts') },
  why: { summary: 'show where a value of a manifest comes from', load: () => import('./why.ts') },
  upgrade: { summary: 'set the version of a component and show what changes', load: () => import('./upgrade.ts') },
  format: { summary: 'format Jsonnet, TypeScript, JSON, YAML and Markdown', load: () => import('./format.ts') },
  lint: { summary: 'look for mistakes in Jsonnet and TypeScript', load: () => import('./lint.ts') },
  docs: { summary: 'generate the settings reference', load: () => import('./docs.ts') },
  schemas: {
    summary: 'regenerate the schemas of Kubernetes from pinned sources',
    load: () => import('./schemas.ts'),
  },
  crds: {
    summary: 'regenerate the CustomResourceDefinitions of components from pinned sources',
    load: () => import('./crds.ts'),
  },
  secrets: {
    summary: 'keep the secrets of an environment sealed, and bring them to its cluster',
    load: () => import('./secrets.ts'),
  },
  settings: { summary: "print an environment's settings as JSON", load: () => import('./settings.ts') },
  bootstrap: {
    summary: 'install an environment into a cluster, and wait until all of it is in order',
    load: () => import('./bootstrap.ts'),
  },
  destroy: {
    summary: 'take an environment out of its cluster; object storage stays',
    load: () => import('./destroy.ts'),
  },
  rebirth: {
    summary: 'lose a cluster on purpose, have it back, and say what came back',
    load: () => import('./rebirth.ts'),
  },
  status: { summary: 'show how a running environment stands', load: () => import('./status.ts') },
  kubeconfig: {
    summary: 'print a kubeconfig with a token that ends by itself',
    load: () => import('./kubeconfig.ts'),
  },
  graph: { summary: 'show which file imports which', load: () => import('./graph.ts') },
};

/** Signals that end a run early, with the exit code by which a shell knows them. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  const verb = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    // Called without a verb it was called wrongly; called for help it was not.
    if (name === undefined) process.exitCode = 2;
  } else if (name === '--version' || name === '-V') {
    const { toolVersion } = await import('./report/version.ts');
    process.stdout.write(`${toolVersion()}\n`);
  } else if (verb !== undefined) {
    await run(name, verb, rest);
  } else {
    const { didYouMean } = await import('./core/suggest.ts');
    const what = name.startsWith('-') ? 'the verb comes first, not' : 'unknown verb';
    throw new UsageError(`${what} "${name}": ${didYouMean(name, Object.keys(verbs))}`);
  }
}

async function run(name: string, verb: Verb, args: string[]): Promise<void> {
  const { command } = await verb.load();
  await command()
    .name(`rekindle ${name}`)
    .showHelpAfterError(`(rekindle ${name} --help lists every flag)`)
    .exitOverride()
    .parseAsync(args, { from: 'user' });
}

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((verb) => verb.length));
  const lines = Object.entries(verbs).map(([verb, { summary }]) => `  ${verb.padEnd(width)}  ${summary}`);
  return `Usage: rekindle <verb> [flags]\n\n${lines.join('\n')}\n\nrekindle <verb> --help lists the flags of a verb.\n`;
}

/** Every error ends here: 2, and one line unless DEBUG asks for the stack. */
function fail(error: unknown): void {
  const code = errorCode(error);
  if (code?.startsWith('commander.')) {
    // Commander has printed its message, or the help that was asked for.
    process.exitCode = (error as { exitCode?: number }).exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 2;
  if (error instanceof UsageError) process.stderr.write(`rekindle: ${error.message}\n`);
  else process.stderr.write(`rekindle: internal error: ${errorMessage(error)} (DEBUG=1 shows where)\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

for (const [signal, code] of Object.entries(signals)) {
  endOnSignal(signal as keyof typeof signals, () => {
    killChildren();
    process.exit(code);
  });
}
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    // The reader has seen enough, as `| head` does: there is nobody left to tell.
    if (errorCode(error) !== 'EPIPE') throw error;
    killChildren();
    process.exit(141);
  });
}
void main(process.argv.slice(2)).catch(fail);
