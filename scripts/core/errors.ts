/**
 * A mistake in how the toolchain was called or set up: the caller can mend it, so the command line prints the
 * message without a stack trace and exits with 2.
 */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The code of a Node.js system error (`ENOENT`, `EACCES`, …), or undefined for every other value. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

/** The message of anything that was thrown, on one line. */
export function errorMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
