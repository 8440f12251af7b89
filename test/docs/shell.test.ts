import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from './markdown.ts';
import { isAsShown } from './output.ts';
import { recordWords } from './recorder.ts';
import { commandsOf, fillIn } from './shell.ts';

const block = (text: string, language?: string): Block => ({
  document: 'page.md',
  line: 10,
  section: 'S',
  language,
  text,
});
const nobody = (): undefined => undefined;
const texts = (one: Block): string[] => commandsOf(one, nobody).map(({ text }) => text);

test('a script is read command by command, over lines where Bash goes on', () => {
  const script = '# first\nnpm ci && \\\n  npm test  # both\n\nfor e in a b; do\n  echo $e\ndone\nsay "one\ntwo"';
  assert.deepEqual(texts(block(script, 'sh')), [
    'npm ci && \\\n  npm test  # both',
    'for e in a b; do\n  echo $e\ndone',
    'say "one\ntwo"',
  ]);
});

test('of a console what follows "$ " is typed, and the rest comes out', () => {
  const [first, second] = commandsOf(block('$ npm run why\na\n\nb\n$ npm test', 'console'), nobody);
  assert.deepEqual([first!.text, first!.output, first!.line], ['npm run why', 'a\n\nb', 11]);
  assert.deepEqual([second!.text, second!.output], ['npm test', undefined]);
});

test('what is no whole command, or no console, is refused with its place', () => {
  assert.throws(() => texts(block('say "one')), /page\.md:10: this is no whole command/);
  assert.throws(() => texts(block('npm test', 'console')), /page\.md:10: a console block begins with/);
});

test('a placeholder is filled in, and one that nobody knows is refused', () => {
  assert.equal(
    fillIn('cd <it> < file', 'page.md', (one) => (one === '<it>' ? 'here' : undefined)),
    'cd here < file',
  );
  assert.throws(() => fillIn('cd <it>', 'page.md', nobody), /page\.md: nobody says what stands for <it>/);
});

test('the words are those that Bash would give: quotes, variables, loops, pipes, substitutions', () => {
  const recorded = recordWords([
    `say 'two words' "$(inner x)" | other --flag`,
    `apply="kubectl apply"`,
    '$apply -f a',
    'for e in a b; do go $e > rendered/$e; done',
    'cd nowhere && VARIABLE=1 program',
  ]);
  const sorted = recorded.map((programs) => programs.map((words) => words.join('·')).sort());
  assert.deepEqual(sorted, [
    ['inner·x', 'other·--flag', 'say·two words·'],
    [],
    ['kubectl·apply·-f·a'],
    ['go·a', 'go·b'],
    ['program'],
  ]);
});

test('what Bash complains of is an error', () => {
  assert.throws(() => recordWords(['go > nowhere/file']), /No such file/);
});

test('output is compared with figures as figures and blanks as blanks', () => {
  assert.ok(isAsShown('a  12.5 MiB\n', 'a 3 MiB'));
  assert.ok(!isAsShown('a 12.5 MiB', 'b 12.5 MiB'));
  assert.ok(!isAsShown('a\nb', 'a'));
});
