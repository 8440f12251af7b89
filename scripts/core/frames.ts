import { readFileSync } from 'node:fs';
import { codeFrame } from '../jsonnet/syntax/code-frame.ts';
import type { Diagnostic } from './types.ts';

/** A finding that has a file and a line, such as an error of the evaluation, with the code there. */
export function withFrame(root: string, finding: Diagnostic): Diagnostic {
  const { file, line, column = 1, frame } = finding;
  if (file === undefined || line === undefined || frame !== undefined) return finding;
  // What this rule found is not text.
  if (finding.rule === 'source-encoding') return finding;
  let source: string;
  try {
    source = readFileSync(`${root}/${file}`, 'utf8');
  } catch {
    return finding;
  }
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = source.indexOf('\n', start) + 1;
  start += column - 1;
  return { ...finding, frame: codeFrame(source, start, start + 1) };
}
