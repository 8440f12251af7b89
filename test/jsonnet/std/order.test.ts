// Found by fuzzing: go-jsonnet's library is lazy and written in Jsonnet, so of several mistakes it meets a certain one first,
// and it adds what isn't meant to be added. Each outcome is go-jsonnet 0.22's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateText } from '../../../scripts/jsonnet/engine/evaluate.ts';
import { noFiles } from '../helpers.ts';

function outcome(source: string): string {
  try {
    return evaluateText('p', '', source, { host: noFiles });
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

const outcomes: [string, string][] = [
  [`std.setInter([], function(x) 'a')`, '[ ]'],
  [`std.setDiff([], error 'b')`, 'refused: b'],
  [`std.mergePatch(error 'target', 'patch')`, '"patch"'],
  [`std.clamp(1, 2, error 'most')`, '2'],
  [`std.atan2(std.exp(-1e100), {})`, 'refused: Unexpected type object, expected number'],
  [`std.max(function(x) x, error 'b')`, 'refused: std.max first param expected number, got function'],
  [`std.map(1, error 'array')`, 'refused: std.map first param must be function, got number'],
  [`std.format(error 'text', error 'values')`, 'refused: values'],
  [`std.format(['%', '5', 'd', null, { a: 1 }, 'x%d'], [2])`, String.raw`"    2null{\"a\": 1}x%d"`],
  [`std.format(['%', '(', 1, ')', 'd'], { '1': 2 })`, '"2"'],
  [`std.format(['%', 5, 'd'], [2])`, 'refused: Unrecognised conversion type: 5'],
  [`std.format(['%', 'ds'], [2])`, 'refused: Unrecognised conversion type: ds'],
  [`std.format(['%d'], 2)`, 'refused: Too many values to format: 1, expected 0'],
  [`std.format({}, [])`, '""'],
  [`std.format({ a: 1 }, [])`, 'refused: Unexpected type number, expected string'],
  [`std.format(1, [])`, 'refused: Unexpected type number'],
  [`std.mod(['%', 'd'], [2])`, 'refused: Operator % cannot be used on types array and array.'],
  [`std.flattenArrays(['a', 'b'])`, '"[ ]ab"'],
  [`std.flattenArrays(1)`, 'refused: foldl second parameter should be string or array, got number'],
  [`std.lines(true)`, 'refused: Unexpected type boolean'],
  [`std.find(error 'value', [])`, '[ ]'],
  [`std.slice([1, 2, 3], 0, 2, 0.5)`, '[\n   1,\n   1,\n   2,\n   2\n]'],
  // go-jsonnet doesn't come to an end.
  [`std.slice([1, 2, 3], 0, 1e-3, 0.5 / 1e100)`, 'refused: Invalid array length'],
  [`[1, 2][error 'from':error 'to':error 'step']`, 'refused: step'],
  [`(error 'value')[error 'from':1:error 'step']`, 'refused: step'],
  [`std.slice(error 'value', error 'from', 1, 0)`, 'refused: got 0 but step must be greater than 0'],
  [`std.slice(error 'value', error 'from', error 'to', -1)`, 'refused: from'],
  [`std.split([], error 'separator')`, 'refused: std.split first parameter must be a String, got array'],
  [`std.findSubstr(1, error 'text')`, 'refused: findSubstr first parameter should be a string, got number'],
  [`std.manifestYamlStream(1, error 'b')`, 'refused: manifestYamlStream only takes arrays, got number'],
  [`std.manifestYamlStream([], error 'b', true, error 'd')`, '"---\\n\\n...\\n"'],
  [`std.manifestYamlStream([error 'a'], true, error 'c')`, 'refused: a'],
  [`std.setUnion(['a'], 'bcd')`, `"[\\"a\\"]bcd"`],
  [`std.setUnion('bcd', 'ace')`, `"[\\"a\\", \\"b\\", \\"c\\", \\"d\\"]e"`],
  [`std.setUnion('', 'b')`, '"[ ]b"'],
  [`std.setUnion(['z'], 'a')`, '[\n   "a",\n   "z"\n]'],
  [`std.setDiff('abc', ['b'])`, `"[\\"a\\"]c"`],
  [`std.setDiff('abc', 'bc')`, '[\n   "a"\n]'],
  [`std.format(true, 1)`, 'refused: Unexpected type boolean'],
  [`std.uniq(1)`, 'refused: foldl second parameter should be string or array, got number'],
  [`1['a':]`, 'refused: std.slice accepts a string or an array, but got: number'],
  [`[1, 2]['a':]`, 'refused: Unexpected type number, expected string'],
  [`[1][1e100]`, 'refused: Index -9223372036854775808 out of bounds, not within [0, 1)'],
  [`[0][-(9007199254740991 << 5)]`, 'refused: Index -288230376151711712 out of bounds, not within [0, 1)'],
  [`std.toString(std.pow(2, 58))`, '"288230376151711744"'],
  [`std.startsWith(1, error 'b')`, 'refused: Unexpected type number'],
  [`std.uniq([1], error 'key')`, '[\n   1\n]'],
  [
    `std.parseYaml('\\u0000')`,
    'refused: failed to parse YAML: error converting YAML to JSON: yaml: control characters are not allowed',
  ],
  [`(std.objectRemoveKey({ a: 1, b: 2 }, 'a') + {}).a`, '1'],
  [`local f(n) = if n == 0 then true else true && f(n - 1) tailstrict; f(100000)`, 'true'],
];

for (const [source, expected] of outcomes) {
  test(source, () => assert.equal(outcome(source), expected));
}
