import leven from 'leven';

/**
 * The candidate that somebody who typed `word` most likely meant, or undefined when none is near: at most a third of
 * the letters may differ (and always two), so that `mimri` finds `mimir` and `loki` doesn't find `tempo`.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = leven(word.toLowerCase(), candidate.toLowerCase(), { maxDistance: limit + 1 });
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "mimir"?`, or the whole list when nothing is near: the way out of an unknown name. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near !== undefined) return `did you mean "${near}"?`;
  return candidates.length === 0 ? 'there are none' : `there are: ${candidates.join(', ')}`;
}
