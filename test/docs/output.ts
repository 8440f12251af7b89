/**
 * Whether a command printed what its page shows. Figures are compared as figures, whatever they are, and blanks as blanks: line
 * numbers, sizes and seconds change with every commit, and columns with them.
 */
export function isAsShown(printed: string, shown: string): boolean {
  return loosened(printed) === loosened(shown);
}

function loosened(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\d+(\.\d+)?/g, '0')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .join('\n')
    .trim();
}
