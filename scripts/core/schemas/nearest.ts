import leven from 'leven';

/**
 * The candidates that a misspelt word may have meant, best first: at most one edit per three letters, and differences
 * of letter case are free. Ties keep the order of the candidates.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 1): string[] {
  const wanted = word.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: leven(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.min(word.length, candidate.length) / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** ` Did you mean x?` with a leading space, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const [best] = nearest(word, candidates);
  return best === undefined ? '' : ` Did you mean ${best}?`;
}
