// The globs of Argo CD's `directory.include`, `directory.exclude` and AppProject lists (gobwas/glob): `*`, `**`, `?`,
// `[a-z]`, `[!a-z]`, `{one,two}` and `\` before a literal character.

/**
 * Whether a glob matches the whole text. `*` and `?` stop at the separator when there is one; Argo CD matches file
 * names and namespaces without, repository URLs with `/`. A pattern that is no glob matches nothing, as in Argo CD.
 */
export function globMatches(pattern: string, text: string, separator?: string): boolean {
  const source = globSource(pattern, separator);
  return source !== undefined && new RegExp(`^(?:${source})$`, 'su').test(text);
}

function globSource(pattern: string, separator: string | undefined): string | undefined {
  const one = separator === undefined ? '.' : `[^${literal(separator)}]`;
  let source = '';
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\') source += literal(pattern[++i] ?? '\\');
    else if (char === '*' && pattern[i + 1] === '*') {
      source += '.*';
      i++;
    } else if (char === '*') source += `${one}*`;
    else if (char === '?') source += one;
    else if (char === '{') {
      depth++;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (char === ',' && depth > 0) source += '|';
    else if (char === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end === -1) return undefined;
      const negated = pattern[i + 1] === '!';
      const members = pattern.slice(i + (negated ? 2 : 1), end).replace(/[\\\]^[]/g, '\\$&');
      source += `[${negated ? '^' : ''}${members}]`;
      i = end;
    } else source += literal(char);
  }
  return depth === 0 ? source : undefined;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
