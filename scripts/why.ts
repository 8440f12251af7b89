import { Command, Option } from 'commander';
import { engineOption, memoryOption, timeoutOption } from './cli/flags.ts';
import { discoverEnvironments, selectEnvironments } from './core/discover.ts';
import { engineOf } from './core/engine-of.ts';
import type { EngineName } from './core/engine.ts';
import { openRepository } from './core/root.ts';
import { printFindings } from './report/findings.ts';

interface Flags {
  env: string;
  app?: string;
  format: 'text' | 'json';
  timeout: number;
  memory: number;
  engine: EngineName;
}

/** `why`: where a value of a manifest comes from. */
export function command(): Command {
  return new Command('why')
    .description(
      'Show where a value of a manifest comes from: who set it, what that replaced, which settings were read.',
    )
    .argument('<selector>', 'manifest and field, as <Kind>/<name>[.<namespace>][#<JSON Pointer>]')
    .requiredOption('--env <name>', 'the environment')
    .option('--app <name>', 'look only in this app')
    .addOption(new Option('--format <format>', 'format of the answer').choices(['text', 'json']).default('text'))
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(why);
}

const notes = `
Example: rekindle why --env home 'Deployment/contour#/spec/replicas'

The engine renders the environment to find the manifest; where it comes from is always found by ours. Exit code: 0, 1 when
the environment can't be evaluated, 2 when it was called wrongly.
`;

async function why(text: string, flags: Flags): Promise<void> {
  const { parseSelector } = await import('./core/why/selector.ts');
  const selector = parseSelector(text);
  const repository = openRepository(process.cwd());
  const [environment] = selectEnvironments(discoverEnvironments(repository), [flags.env]);
  if (environment === undefined) return;
  const { answerWhy } = await import('./core/why/answer.ts');
  const result = await answerWhy(environment, selector, {
    app: flags.app,
    engine: engineOf(flags.engine),
    limits: { seconds: flags.timeout, mebibytes: flags.memory },
  });
  if ('diagnostics' in result) return await printFindings(result.diagnostics, process.stderr);
  if (flags.format === 'json') {
    process.stdout.write(`${JSON.stringify(result.answer, null, 2)}\n`);
    return;
  }
  const { whyText } = await import('./report/why-text.ts');
  process.stdout.write(whyText(result.answer, process.stdout.isTTY === true && !process.env.NO_COLOR));
}
