import { randomBytes, randomInt } from 'node:crypto';
import type { Generate } from './declared.ts';

/** Nothing that a shell, a URL or a configuration file would read as something else. 62 of them: 5.95 bits each. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new value, from the random numbers of the operating system. */
export function makeValue(how: Generate): string {
  if (how.kind === 'text') return how.text;
  if (how.kind === 'hex') return randomBytes(how.bytes).toString('hex');
  return Array.from({ length: how.length }, () => letters[randomInt(letters.length)]).join('');
}
