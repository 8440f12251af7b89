/** One line on a terminal that says how far a run has come. On everything else it is silent. */
export interface Progress {
  /** Says what is being done now. */
  show(what: string): void;
  /** Counts one of the total as done. */
  advance(): void;
  /** Removes the line, so that something else can be printed. */
  clear(): void;
}

const barWidth = 20;
const clearLine = '\r\x1b[2K';

/** Draws on `stream` when it is a terminal that can be redrawn, outside of CI. */
export function startProgress(stream: NodeJS.WriteStream, total: number): Progress {
  if (!stream.isTTY || process.env.CI || process.env.TERM === 'dumb') {
    return { show() {}, advance() {}, clear() {} };
  }
  let done = 0;
  let drawn = false;
  const draw = (what: string): void => {
    const filled = Math.round((done / total) * barWidth);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    // A line that wraps can't be redrawn.
    stream.write(clearLine + `${bar} ${done}/${total} ${what}`.slice(0, (stream.columns || 80) - 1));
    drawn = true;
  };
  return {
    show: draw,
    advance() {
      done++;
      draw('');
    },
    clear() {
      if (drawn) stream.write(clearLine);
      drawn = false;
    },
  };
}

/**
 * What is said of an environment while it is evaluated: which app it is at, on the line of progress, and what `std.trace`
 * writes, in its place. Both go into the options of the evaluation.
 */
export function watchEvaluation(progress: Progress, stream: NodeJS.WriteStream, environment: string) {
  return {
    onApp: (app: string): void => progress.show(`${environment}: ${app}`),
    onTrace: (line: string): void => {
      progress.clear();
      stream.write(`${line}\n`);
    },
  };
}
