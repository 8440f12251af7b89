// Prints errors: what is wrong, the line with the place marked, and from where it was reached.
import { enclosingFunction } from './enclosing.ts';
import { isSite, type JsonnetError, type Site, type TraceFrame } from './errors.ts';

/** `file:line:column` */
export function placeOf({ unit, start }: Site): string {
  const { line, column } = unit.positionAt(start);
  return `${unit.name}:${line}:${column}`;
}

/** As go-jsonnet prints a range: `file:1:2-5`, or `file:(1:2)-(3:4)` over several lines. */
export function rangeOf({ unit, start, end }: Site): string {
  const from = unit.positionAt(start);
  const to = unit.positionAt(end);
  const name = unit.name === '' ? '' : `${unit.name}:`;
  if (from.line !== to.line) return `${name}(${from.line}:${from.column})-(${to.line}:${to.column})`;
  if (to.column <= from.column + 1) return `${name}${from.line}:${from.column}`;
  return `${name}${from.line}:${from.column}-${to.column}`;
}

/** The message in the form of both other engines: `RUNTIME ERROR: …` and one tab-indented line for each frame. */
export function formatError(error: JsonnetError, maxTrace = 20): string {
  if (error.kind === 'static') {
    const site = error.frames[0] as Site;
    return `STATIC ERROR: ${rangeOf(site)}: ${error.message}\n${codeFrame(site)}`;
  }
  const lines = croppedFrames(error.frames, maxTrace).map((frame) =>
    frame === undefined ? '\t...' : `\t${frameText(frame)}\t${functionOf(frame, (name) => `function <${name}>`)}`,
  );
  return [`RUNTIME ERROR: ${error.message}`, ...lines, ''].join('\n');
}

/** For people: the message, the code with its place marked, and the frames that led there. */
export function formatReport(error: JsonnetError, maxTrace = 20): string {
  const site = error.frames.find(isSite);
  const title = error.kind === 'static' ? 'STATIC ERROR' : 'RUNTIME ERROR';
  const code = site === undefined ? '' : `  ${placeOf(site)}\n${codeFrame(site)}\n`;
  const frames = croppedFrames(error.frames, maxTrace).map((frame) =>
    frame === undefined ? '\t...\n' : `\t${frameText(frame)}${functionOf(frame, spelled)}\n`,
  );
  return `${title}: ${error.message}\n${code}${error.kind === 'static' && frames.length === 1 ? '' : frames.join('')}`;
}

function spelled(name: string): string {
  return name === 'anonymous' ? '' : ` in function ${name}`;
}

function functionOf(frame: TraceFrame, show: (name: string) => string): string {
  const name = isSite(frame) ? enclosingFunction(frame) : undefined;
  return name === undefined ? '' : show(name);
}

/** A frame in words. */
export function frameText(frame: TraceFrame): string {
  if (typeof frame === 'string') return `Field ${JSON.stringify(frame)}`;
  if (typeof frame === 'number') return `Array element ${frame}`;
  return isSite(frame) ? rangeOf(frame) : frame.label;
}

/** The frames to show; undefined stands for those left out of the middle. 0 shows all. */
export function croppedFrames(frames: readonly TraceFrame[], max: number): (TraceFrame | undefined)[] {
  if (max <= 0 || frames.length <= max) return [...frames];
  const above = Math.floor(max / 2);
  return [...frames.slice(0, max - above), undefined, ...frames.slice(frames.length - above)];
}

/** The line of a place with its number, and marks under the range. */
export function codeFrame({ unit, start, end }: Site): string {
  const { line, column } = unit.positionAt(start);
  const from = start - (column - 1);
  const newline = unit.source.indexOf('\n', start);
  const to = newline === -1 ? unit.source.length : newline;
  const text = unit.source.slice(from, to).replace(/\r$/, '');
  const number = String(line);
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(end, from + text.length) - start);
  return `${number} | ${text}\n${' '.repeat(number.length)} | ${indent}${'^'.repeat(width)}`;
}
