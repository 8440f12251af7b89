// The cases of parser.test.ts, put to the real thing: jsonnetfmt parses with go-jsonnet's own parser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { findTool } from '../../helpers/tools.ts';
import { JsonnetSyntaxError } from '../../../scripts/jsonnet/syntax/errors.ts';
import { parse, parseWithTokens } from '../../../scripts/jsonnet/syntax/parser.ts';
import { printNode } from '../../../scripts/jsonnet/syntax/print.ts';
import { expression } from './arbitrary.ts';
import { accepted, refused } from './cases.ts';

const tool = findTool('jsonnetfmt');
const skip = tool === undefined && 'jsonnetfmt is not installed';

test('go-jsonnet accepts and refuses the same', { skip }, () => {
  for (const source of accepted) assert.ok(goAccepts(source), `go-jsonnet refuses ${source}`);
  for (const [source, , message] of refused) {
    // On purpose: see scripts/jsonnet/README.md.
    if (!message.startsWith("A literal ':'")) assert.ok(!goAccepts(source), `go-jsonnet accepts ${source}`);
  }
});

const words = (
  '{ } [ ] ( ) , . ; $ x 1 + - ! ~ == < && : :: ::: +: = % assert else error false for function if import in local ' +
  'null self super tailstrict then true 1_0 \'s\' @"a"'
)
  .split(' ')
  .concat('|||\n  a\n|||');

/** A program with a token or two too many, too few or exchanged. */
const broken = fc
  .tuple(
    expression,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'insert', 'replace'), fc.constantFrom(...words)), {
      minLength: 1,
      maxLength: 2,
    }),
    fc.constantFrom(' ', '\n'),
  )
  .map(([node, changes, space]) => {
    const printed = printNode(node);
    const { tokens } = parseWithTokens(printed);
    const texts = Array.from({ length: tokens.length / 2 }, (_, i) => printed.slice(tokens[2 * i], tokens[2 * i + 1]));
    for (const [at, how, word] of changes) {
      const inserted = how === 'drop' ? [] : [word];
      texts.splice(at % texts.length, how === 'insert' ? 0 : 1, ...inserted);
    }
    return texts.join(space);
  });

test('of generated programs with mistakes, too', { skip }, () => {
  fc.assert(
    fc.property(broken, (source) => {
      assert.equal(weAccept(source), goAccepts(source), source);
    }),
    { numRuns: 500 },
  );
});

function goAccepts(source: string): boolean {
  return spawnSync(tool!, ['-'], { input: source }).status === 0;
}

function weAccept(source: string): boolean {
  try {
    parse(source);
    return true;
  } catch (error) {
    assert.ok(error instanceof JsonnetSyntaxError, String(error));
    // On purpose: see scripts/jsonnet/README.md.
    return error.message.startsWith("A literal ':'");
  }
}
