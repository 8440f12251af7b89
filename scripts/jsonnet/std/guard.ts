import { machine } from '../engine/machine.ts';

/** Elements that are made without asking whether there is room for them. */
const free = 100_000;

/** Asks whether there is room for an array of so many elements before it is made. */
export function guardSize(elements: number): void {
  if (elements > free) machine.room?.(elements);
}
