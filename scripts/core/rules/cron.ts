// The schedules of CronJobs, as robfig/cron 3 reads them: five fields, or a word that begins with @.

interface Bounds {
  name: string;
  min: number;
  max: number;
  names?: string[];
}

const fields: Bounds[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const words = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** What is wrong with a schedule, as a sentence; undefined when the API server takes it. */
export function cronMistake(schedule: string): string | undefined {
  if (schedule.includes('TZ')) return 'a schedule has no time zone: use timeZone';
  if (schedule.startsWith('@')) {
    // Go's durations: signed, and 0 needs no unit.
    const isEvery = /^@every [+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(schedule);
    return words.includes(schedule) || isEvery
      ? undefined
      : `"${schedule}" is none of ${words.join(', ')} and @every <duration>`;
  }
  const parts = schedule.split(/\s+/).filter((part) => part !== '');
  if (parts.length !== fields.length) return `a schedule has 5 fields, this one ${parts.length}`;
  return parts.map((part, i) => fieldMistake(part, fields[i]!)).find((mistake) => mistake !== undefined);
}

function fieldMistake(text: string, bounds: Bounds): string | undefined {
  const mistakes = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => rangeMistake(part, bounds));
  const mistake = mistakes.find((one) => one !== undefined);
  return mistake === undefined ? undefined : `"${text}" is no ${bounds.name}: ${mistake}`;
}

function rangeMistake(text: string, bounds: Bounds): string | undefined {
  const [range = '', step, ...slashes] = text.split('/');
  const [low = '', high, ...hyphens] = range.split('-');
  if (slashes.length > 0 || hyphens.length > 0) return `"${text}" has too many signs`;
  const isAll = low === '*' || low === '?';
  const start = isAll ? bounds.min : valueOf(low, bounds);
  if (start === undefined)
    return `"${low}" is no number${bounds.names ? ` or name of a ${bounds.name.replace('day of ', '')}${bounds.name.startsWith('day') ? 'day' : ''}` : ''}`;
  let end = isAll ? bounds.max : high === undefined ? start : valueOf(high, bounds);
  if (end === undefined) return `"${high}" is no number`;
  if (step !== undefined) {
    if (!/^\+?\d+$/.test(step) || Number(step) === 0) return `a step is a number above 0, not "${step}"`;
    if (high === undefined) end = bounds.max;
  }
  if (start < bounds.min || end > bounds.max) return `it goes from ${bounds.min} to ${bounds.max}`;
  return start > end ? `${start} is after ${end}` : undefined;
}

function valueOf(text: string, { names = [], min }: Bounds): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index !== -1) return index + min;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
