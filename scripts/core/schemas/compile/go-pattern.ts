/**
 * A regular expression in Go's syntax as JavaScript reads it with the flag `u`, or undefined when it can't be expressed:
 * then the pattern is not checked, which is better than to check another one.
 */
export function goPattern(pattern: string): string | undefined {
  if (!known.has(pattern)) known.set(pattern, translate(pattern));
  return known.get(pattern);
}

/** Few patterns occur thousands of times, and trying one costs its compilation. */
const known = new Map<string, string | undefined>();

function translate(pattern: string): string | undefined {
  // JavaScript reads a POSIX class as an ordinary one, without a word.
  if (/\[:\^?[a-z]+:\]/.test(pattern)) return undefined;
  const translated = pattern
    // Go also allows the escape of punctuation that needs none; the flag u forbids it.
    .replace(/\\([^A-Za-z0-9])/g, (all, character: string) =>
      /[\^$\\.*+?()[\]{}|/-]/.test(character) ? all : character,
    )
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll('(?P<', '(?<');
  return [translated, escapeHyphens(translated)].find(isPattern);
}

function isPattern(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'u'));
  } catch {
    return false;
  }
}

/** `\-` outside a character class is an error with the flag u. */
function escapeHyphens(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\.|\[|\]/gs, (token) => {
    if (token === '[') inClass = true;
    if (token === ']') inClass = false;
    return token === '\\-' && !inClass ? '-' : token;
  });
}
