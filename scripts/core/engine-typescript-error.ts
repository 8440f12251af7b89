import { isSite, type JsonnetError } from '../jsonnet/engine/errors.ts';
import type { EvaluationError } from './evaluation-error.ts';

/** An error of the engine as message and places. */
export function toEvaluationError({ message, frames }: JsonnetError): EvaluationError {
  return {
    message,
    frames: frames.filter(isSite).map(({ unit, start }) => ({ file: unit.name, ...unit.positionAt(start) })),
  };
}
