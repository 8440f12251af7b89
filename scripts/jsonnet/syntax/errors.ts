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
