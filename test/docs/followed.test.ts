// The documents, followed word by word on a clean machine: every command of every page in its order, except those that
// accounts.ts lists with a reason. Which run depends on what is installed; the rest is looked up in documents.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expected, needs, notRun, values, type Listed } from './accounts.ts';
import { cleanMachine, type Followed } from './clean-machine.ts';
import { isInstalled } from './manuals.ts';
import { documentPaths, readDocument } from './markdown.ts';
import { isAsShown } from './output.ts';
import { recordWords } from './recorder.ts';
import { commandsOf, isTyped, type Command } from './shell.ts';

/** The order of a reader: what the project is, how to begin, and the rest. */
const first = ['README.md', 'docs/getting-started.md'];
const paths = [...first, ...documentPaths().filter((path) => !first.includes(path))];

const absent = needs.filter(({ program }) => !isInstalled(program));
const listed: Listed[] = [
  ...notRun,
  ...absent.map(({ words, program }) => ({ words, because: `${program} is not installed` })),
];

const pages = new Map<string, Command[]>();
for (const path of paths) {
  const { blocks } = await readDocument(path);
  const commands = blocks.filter(isTyped).flatMap((block) => commandsOf(block, (placeholder) => values[placeholder]));
  if (commands.length > 0) pages.set(path, commands);
}
const recorded = new Map([...pages].map(([path, commands]) => [path, recordWords(commands.map(({ text }) => text))]));
const isListed = (words: readonly string[]): boolean =>
  listed.some((one) => `${words.join(' ')} `.startsWith(`${one.words} `));

test('what is listed as not run stands in a document, with a reason', () => {
  const all = [...recorded.values()].flat(2).map((words) => `${words.join(' ')} `);
  const gone = notRun.filter(({ words }) => !all.some((one) => one.startsWith(`${words} `)));
  assert.deepEqual(gone, [], 'test/docs/accounts.ts lists what no document says');
  assert.deepEqual(
    notRun.filter(({ because }) => because.length < 10),
    [],
  );
});

test('what is said of a command is said of one that a document has', () => {
  const gone = expected.filter(
    ({ document, command }) => !pages.get(document)?.some(({ text }) => text.startsWith(command)),
  );
  assert.deepEqual(gone, [], 'test/docs/accounts.ts expects what no document says');
});

const machine = cleanMachine({ listed });
let ran = 0;
let left = 0;

for (const [path, commands] of pages) {
  test(`${path} can be followed`, async () => {
    const wrong: string[] = [];
    for (const [index, followed] of (await machine.follow(commands)).entries()) {
      const programs = recorded.get(path)![index]!;
      if (programs.length > 0 && programs.every(isListed)) left++;
      else ran++;
      const problem = problemOf(followed, programs.some(isListed));
      if (problem !== undefined) wrong.push(problem);
    }
    assert.equal(wrong.join('\n\n'), '');
  });
}

test('most of what can run does', (t) => {
  t.diagnostic(`${ran} commands were run and ${left} left out, in ${pages.size} documents`);
  for (const { words, program } of absent) t.diagnostic(`${words} was left out: ${program} is not installed`);
  assert.ok(ran > 30);
});

function problemOf({ command, code, output }: Followed, isPartly: boolean): string | undefined {
  const { document, line, text } = command;
  const wanted = expected.find((one) => one.document === document && text.startsWith(one.command))?.code ?? 0;
  // Of several programs in one command the one that would say otherwise may be left out.
  if (code !== wanted && !(isPartly && code === 0)) {
    return `${document}:${line}: ${text}\nends with ${code}, not ${wanted}:\n${output.slice(-2000)}`;
  }
  if (command.output !== undefined && !isAsShown(output, command.output)) {
    return `${document}:${line}: ${text}\nprints, unlike its page:\n${output}`;
  }
  return undefined;
}
