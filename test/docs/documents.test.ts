// What the documents tell a reader to type is there: every block says what it is, and every command, in blocks and in
// sentences, has the subcommand, the flags and the objects that it names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWords, isCommand } from './check.ts';
import { documentPaths, readDocument } from './markdown.ts';
import { recordWords } from './recorder.ts';
import { anything, commandsOf, fillIn, isTyped } from './shell.ts';

const documents = await Promise.all(documentPaths().map(readDocument));
const fill = (): string => anything;

interface Place {
  document: string;
  line: number;
  text: string;
}

async function problems(places: readonly Place[], isPart: boolean, missing: Set<string>): Promise<string[]> {
  const found: string[] = [];
  const recorded = recordWords(places.map(({ text }) => text));
  for (const [index, { document, line }] of places.entries()) {
    for (const words of recorded[index]!) {
      const { problem, notInstalled } = await checkWords(words, document, { isPart });
      if (notInstalled !== undefined) missing.add(notInstalled);
      if (problem !== undefined) found.push(`${document}:${line}: ${words.join(' ')}: ${problem}`);
    }
  }
  return found;
}

test('a fenced block says its language; an indented one is what a reader types', () => {
  const blocks = documents.flatMap((one) => one.blocks);
  assert.ok(blocks.length > 80);
  const silent = blocks.filter(({ language }) => language === null).map(({ document, line }) => `${document}:${line}`);
  assert.deepEqual(silent, [], 'sh, console for commands with what they print, text for neither');
});

test('every command of a block is one that its program takes', async (t) => {
  const missing = new Set<string>();
  const found: string[] = [];
  let count = 0;
  for (const { blocks } of documents) {
    const commands = blocks.filter(isTyped).flatMap((block) => commandsOf(block, fill));
    count += commands.length;
    found.push(...(await problems(commands, false, missing)));
  }
  assert.ok(count > 60, `only ${count} commands are found`);
  assert.deepEqual(found, []);
  t.diagnostic(`${count} commands in blocks; not installed, so not asked: ${[...missing].sort().join(', ') || 'none'}`);
});

test('every command in a sentence is one that its program takes', async (t) => {
  const missing = new Set<string>();
  const found: string[] = [];
  let count = 0;
  for (const { path, inlines } of documents) {
    const commands = inlines
      .filter(({ text }) => isCommand(text))
      .map((one) => ({ ...one, text: fillIn(one.text.replace(/\s+/g, ' '), path, fill) }));
    count += commands.length;
    found.push(...(await problems(commands, true, missing)));
  }
  assert.ok(count > 100, `only ${count} commands are found`);
  assert.deepEqual(found, []);
  t.diagnostic(
    `${count} commands in sentences; not installed, so not asked: ${[...missing].sort().join(', ') || 'none'}`,
  );
});
