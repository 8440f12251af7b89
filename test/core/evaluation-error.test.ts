import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvaluationError } from '../../scripts/core/evaluation-error.ts';

test('a runtime error has its message and its frames', () => {
  const text =
    'RUNTIME ERROR: boom\n\tlib/a/../b.libsonnet:3:15-27\tobject <anonymous>\n\tenvironments/x/(rekindle):1:2-3\tthunk\n\tDuring manifestation\t\n';
  assert.deepEqual(parseEvaluationError(text), {
    message: 'boom',
    frames: [
      { file: 'lib/b.libsonnet', line: 3, column: 15 },
      { file: 'environments/x/(rekindle)', line: 1, column: 2 },
    ],
  });
});

test('a position may span lines, a message may have several', () => {
  const text =
    'RUNTIME ERROR: two mistakes:\n- a: b\n\t- c\n\tlib/a.libsonnet:(3:2)-(5:4)\tfunction <f>\n\tlib/b.libsonnet:1199:10\tthunk <a>\n';
  assert.deepEqual(parseEvaluationError(text), {
    message: 'two mistakes:\n- a: b\n\t- c',
    frames: [
      { file: 'lib/a.libsonnet', line: 3, column: 2 },
      { file: 'lib/b.libsonnet', line: 1199, column: 10 },
    ],
  });
});

test('a static error carries its position in front', () => {
  assert.deepEqual(parseEvaluationError('STATIC ERROR: lib/a.libsonnet:1:35: expected , or ; but got end of file\n'), {
    message: 'expected , or ; but got end of file',
    frames: [{ file: 'lib/a.libsonnet', line: 1, column: 35 }],
  });
  assert.deepEqual(parseEvaluationError('STATIC ERROR: lib/a b.libsonnet:(1:2)-(3:4): no').frames, [
    { file: 'lib/a b.libsonnet', line: 1, column: 2 },
  ]);
});

test('a text of another form is the message', () => {
  assert.deepEqual(parseEvaluationError('something else'), { message: 'something else', frames: [] });
});
