// Parsers of flags that several verbs have.
import { InvalidArgumentError } from 'commander';

/** A flag that may be repeated. Without a default of `[]`, which help would show, it is undefined when it isn't given. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** A number above 0. */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}
