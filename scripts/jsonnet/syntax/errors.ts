/** A source that is not Jsonnet. `start` and `end` are offsets into the source; positions.ts turns them into lines. */
export class JsonnetSyntaxError extends Error {
  override readonly name = 'JsonnetSyntaxError';
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

export const tooDeep = 'Expressions are nested too deeply';

/** Runs what recurses over a source: one nested too deeply for the stack is refused like any other mistake. */
export function withinStack<T>(run: () => T, place: () => { start: number; end: number }): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { start, end } = place();
    throw new JsonnetSyntaxError(tooDeep, start, end);
  }
}
