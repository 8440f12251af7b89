/** How long a token lasts: a working day, unless asked otherwise. In seconds. */
export const defaultDuration = '8h';

/** The API server takes nothing shorter. */
const shortest = 10 * 60;

/** What lasts longer than a day lies around. */
const longest = 24 * 60 * 60;

const units: Record<string, number> = { h: 3600, m: 60, s: 1 };

/** `8h`, `30m`, `1h30m` as seconds; a string says what is wrong with it. */
export function parseDuration(text: string): number | string {
  if (!/^(\d+[hms])+$/.test(text)) return 'It must be a number with a unit, such as 8h, 30m or 1h30m.';
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0);
  if (seconds < shortest) return 'The API server gives no token for less than 10m.';
  if (seconds > longest) return 'It must be 24h at most: ask for another token when this one has ended.';
  return seconds;
}
