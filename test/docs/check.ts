// What is wrong with a command of a document, before anybody runs it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkObjects } from './cluster-objects.ts';
import { checkByManual, isInstalled, manuals } from './manuals.ts';
import { repositoryRoot } from './markdown.ts';
import { checkNpm, checkNpx, checkVerb, type Mention } from './npm-scripts.ts';

/** What came of looking: what is wrong, or the program that is not here to be asked. */
export interface Verdict {
  problem?: string;
  notInstalled?: string;
}

/** Everybody has them, and their words are run or plain. */
const everywhere = ['base64', 'chmod', 'cp', 'grep', 'mkdir', 'sudo', 'xargs'];

/** Checks the words of one program. Throws for a program that nobody has told how to check. */
export async function checkWords(words: readonly string[], document: string, mention: Mention): Promise<Verdict> {
  const [program, ...rest] = words as [string, ...string[]];
  if (program === 'npm') return wrong(await checkNpm(rest, mention));
  if (program === 'npx') return wrong(await checkNpx(rest, mention));
  if (program === 'rekindle') return wrong(await checkVerb(rest[0] ?? '', rest.slice(1), mention));
  if (program === 'node' || program === 'bash') return wrong(missingFile(rest));
  if (program === 'xargs' && rest[1] === 'kubectl') return checkWords(rest.slice(1), document, mention);
  if (program === 'aws') return checkAws(rest);
  if (everywhere.includes(program)) return {};
  if (!Object.hasOwn(manuals, program)) {
    throw new Error(`${document}: nobody says how "${program}" is checked: add it to test/docs/manuals.ts or check.ts`);
  }
  const objects = program === 'kubectl' ? checkObjects(rest, document) : undefined;
  if (objects !== undefined) return { problem: objects };
  return isInstalled(program) ? wrong(checkByManual(program, rest)) : { notInstalled: program };
}

/** Whether code in a sentence is a command, and not a message or an expression. */
export function isCommand(text: string): boolean {
  return text.split(/ \| | && /).some((part) => {
    const program = /^([a-z][\w-]*) \S/.exec(part)?.[1];
    return program !== undefined && [...Object.keys(manuals), 'npm', 'npx', 'rekindle'].includes(program);
  });
}

function wrong(problem: string | undefined): Verdict {
  return problem === undefined ? {} : { problem };
}

/** Asked for the shape of its answer, it checks every argument and calls nobody. */
function checkAws(words: readonly string[]): Verdict {
  if (!isInstalled('aws')) return { notInstalled: 'aws' };
  const { status, stderr } = spawnSync('aws', [...words, '--generate-cli-skeleton', 'output'], { encoding: 'utf8' });
  return wrong(status === 0 ? undefined : stderr.trim());
}

function missingFile(words: readonly string[]): string | undefined {
  const missing = words.find((word) => /\.(m?[jt]s|sh)$/.test(word) && !existsSync(join(repositoryRoot, word)));
  return missing === undefined ? undefined : `${missing} is not there`;
}
