import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';

/** Takes the environments of a run on, a few at once: all of them together would only fill the memory. */
export const atOnce = pLimit(availableParallelism());
