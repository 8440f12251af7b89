import { Command } from 'commander';
import { addAccessOptions, engineOption, memoryOption, timeoutOption, type AccessFlags } from './cli/flags.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import type { EvaluateOptions } from './core/evaluation.ts';
import { openRepository, type Repository } from './core/root.ts';
import type { DeclaredSecret } from './core/secrets/declared.ts';
import { readSecretsFile } from './core/secrets/file.ts';
import { runProgram, type RunProgram } from './core/program.ts';
import type { Diagnostic, Environment } from './core/types.ts';
import { printFindings } from './report/findings.ts';

interface Flags {
  env: string;
  timeout: number;
  memory: number;
  engine: EngineName;
  verbose?: boolean;
}

/** What every action begins with. */
interface Situation {
  repository: Repository;
  environment: Environment;
  declared: DeclaredSecret[];
  options: EvaluateOptions;
  run: RunProgram;
}

/** `secrets`: what may never be in Git in clear. */
export function command(): Command {
  const secrets = new Command('secrets')
    .description(
      'Keep the secrets of an environment sealed in Git, and bring them to its cluster. No value is ever printed.',
    )
    .addHelpText(
      'after',
      '\nExit code: 0, 1 when a value is missing or wrong, 2 when it was called wrongly or a program failed.',
    );
  const action = (name: string, description: string): Command => {
    const one = secrets.command(name).description(description).requiredOption('--env <name>', 'the environment');
    return one
      .option('--verbose', 'show which programs are run')
      .addOption(timeoutOption())
      .addOption(memoryOption())
      .addOption(engineOption());
  };
  action('init', 'Make a key and the file, fill in what can be made, ask for the rest. What exists is kept.')
    .option('--values <file>', 'take values from a file { <Secret>: { <key>: <value> } }; "-" is standard input')
    .action(init);
  action('edit', 'Open the file in your editor ($SOPS_EDITOR, $EDITOR), by sops.').action(edit);
  action('check', 'Say what is missing, empty, or read by nobody. Needs no key.').action(check);
  addAccessOptions(action('apply', 'Bring the Secrets to the cluster, server-side, straight from memory.')).action(
    apply,
  );
  return secrets;
}

async function init(flags: Flags & { values?: string }): Promise<void> {
  const situation = await prepare(flags);
  if (situation === undefined) return;
  refuseStore(situation, flags.env);
  const { repository, environment, declared, run } = situation;
  const [{ initSecrets }, { readGiven }, { initText, questionFor }, { askHidden }] = await Promise.all([
    import('./core/secrets/init.ts'),
    import('./core/secrets/given.ts'),
    import('./report/secrets-text.ts'),
    import('./cli/ask.ts'),
  ]);
  const values = flags.values === undefined ? {} : readGiven(flags.values, declared);
  const { stdin, stderr } = process;
  const result = await initSecrets(environment, {
    run,
    environments: repository.environments,
    declared,
    given: ({ name, key }) => values[name]?.[key],
    ask: async (wanted) => (stdin.isTTY && stderr.isTTY ? await askHidden(questionFor(wanted)) : undefined),
  });
  process.stdout.write(initText(result, flags.env));
  await findings(await problems(situation));
}

async function edit(flags: Flags): Promise<void> {
  const situation = await prepare(flags);
  if (situation === undefined) return;
  const file = sealedFile(situation, flags.env);
  const sops = await import('./core/secrets/sops.ts');
  const outcome = await sops.edit(situation.run, situation.repository.root, file);
  process.stdout.write(`${file.shown}: ${outcome}\n`);
  await findings(await problems(situation));
}

async function check(flags: Flags): Promise<void> {
  const situation = await prepare(flags);
  if (situation === undefined) return;
  if (situation.declared.some(({ store }) => store !== undefined)) {
    const { storeText } = await import('./report/secrets-text.ts');
    process.stdout.write(storeText(situation.declared));
    return;
  }
  const found = await problems(situation);
  const { checkText } = await import('./report/secrets-text.ts');
  process.stdout.write(checkText(situation.declared, readSecretsFile(situation.environment).shown, found));
  await findings(found);
}

async function apply(flags: Flags & AccessFlags): Promise<void> {
  const situation = await prepare(flags);
  if (situation === undefined) return;
  const { environment, declared, options, run } = situation;
  const file = sealedFile(situation, flags.env);
  const [{ applySecrets }, { open }, { openKubectl }, { renderApps }, { appliedText }] = await Promise.all([
    import('./core/secrets/apply.ts'),
    import('./core/secrets/sops.ts'),
    import('./core/live/kubectl.ts'),
    import('./core/render-apps.ts'),
    import('./report/secrets-text.ts'),
  ]);
  const found = await problems(situation);
  if (found.some(({ rule }) => rule === 'secrets-unsealed')) return await findings(found);
  const { apps, diagnostics } = await renderApps(environment, { ...options, apps: ['cluster'] });
  if (apps.length === 0) return await findings(diagnostics);
  const applied = await applySecrets({
    kubectl: openKubectl(flags, run),
    env: environment.name,
    declared,
    values: await open(run, file),
    namespaces: apps.flatMap(({ manifests }) => manifests.filter(({ kind }) => kind === 'Namespace')),
  });
  process.stdout.write(appliedText(applied));
  await findings(found);
}

/** The Secrets that the environment declares; undefined when that can't be told, which is then said. */
async function prepare(flags: Flags): Promise<Situation | undefined> {
  const repository = openRepository(process.cwd());
  const [environment] = selectEnvironments(discoverEnvironments(repository), [flags.env]);
  if (environment === undefined) return undefined;
  const options = { engine: engineOf(flags.engine), limits: { seconds: flags.timeout, mebibytes: flags.memory } };
  const { declaredSecrets } = await import('./core/secrets/declared.ts');
  const result = await declaredSecrets(environment, options);
  if ('diagnostics' in result) {
    await printFindings(result.diagnostics, process.stderr);
    return undefined;
  }
  const run: RunProgram = (call) => {
    if (flags.verbose) process.stderr.write(`$ ${[call.program, ...call.args].join(' ')}\n`);
    return runProgram(call);
  };
  return { repository, environment, declared: result.secrets, options, run };
}

async function problems({ environment, declared }: Situation): Promise<Diagnostic[]> {
  const { checkSecrets } = await import('./core/secrets/check.ts');
  return checkSecrets(environment.name, declared, readSecretsFile(environment));
}

function sealedFile(situation: Situation, env: string) {
  refuseStore(situation, env);
  const { environment } = situation;
  const file = readSecretsFile(environment);
  if (file.text !== undefined) return file;
  throw new UsageError(`there is no ${file.shown}; npm run secrets -- init --env ${env} makes it`);
}

/** Who has the values from a store has none to keep here. */
function refuseStore({ declared }: Situation, env: string): void {
  const store = declared.find((secret) => secret.store !== undefined)?.store;
  if (store === undefined) return;
  throw new UsageError(
    `${env} has its secrets from the store "${store.name}" (secretStore.from); put the values there: npm run secrets -- check --env ${env} lists the entries`,
  );
}

async function findings(found: readonly Diagnostic[]): Promise<void> {
  await printFindings(found, process.stderr);
}
