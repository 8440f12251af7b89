// Asks whether there is room for something large before it is made; between two checks of the memory it would be too late.
import { machine } from './machine.ts';

/** Elements and characters that are made without asking. */
const freeElements = 100_000;
export const freeCharacters = 1 << 22;

/** What an element takes at least, its thunk included. */
const bytesPerElement = 64;

/** Before an array of so many elements is made. */
export function guardElements(count: number): void {
  if (count > freeElements) machine.room?.(count * bytesPerElement);
}

/** Before, or just after, a string of so many characters is made. */
export function guardText(characters: number): void {
  if (characters > freeCharacters) machine.room?.(characters);
}
