import { posix } from 'node:path';

/** What an engine says of a failed evaluation, taken apart. */
export interface EvaluationError {
  message: string;
  /** Where the error was raised, outermost frame last; files relative to the repository, without the standard library. */
  frames: { file: string; line: number; column: number }[];
}

const staticError = /^STATIC ERROR: (.+?):\(?(\d+):(\d+)\)?(?:-\(?[\d:]+\)?)?: ([^]*)$/;
const frame = /^\t(.+?):\(?(\d+):(\d+)\)?(?:-\(?[\d:]+\)?)?(?:\t|$)/;

/** Takes apart the message of libjsonnet: `RUNTIME ERROR: …` with a trace, or `STATIC ERROR: file:line:column: …`. */
export function parseEvaluationError(text: string): EvaluationError {
  const lines = text.trimEnd().split('\n');
  const static_ = staticError.exec(text.trimEnd());
  if (static_ !== null) {
    const [, file = '', line, column, message = ''] = static_;
    return {
      message: message.trim(),
      frames: [{ file: posix.normalize(file), line: Number(line), column: Number(column) }],
    };
  }
  // An error's own text may have many lines; the trace begins at the first line that is a frame and ends the message.
  const first = lines.findIndex((line) => frame.test(line));
  const head = first === -1 ? lines : lines.slice(0, first);
  const message = head
    .join('\n')
    .replace(/^RUNTIME ERROR: /, '')
    .trim();
  const frames = lines.slice(head.length).flatMap((line) => {
    const [, file = '', row, column] = frame.exec(line) ?? [];
    return row === undefined ? [] : [{ file: posix.normalize(file), line: Number(row), column: Number(column) }];
  });
  return { message, frames };
}
