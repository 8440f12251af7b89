import { cronMistake } from './cron.ts';
import type { Rule } from './rule.ts';
import { at, textOf } from './values.ts';

/** Schedules and time zones of CronJobs. */
export const cronSchedule: Rule = {
  name: 'cron-schedule',
  summary: 'A CronJob has a schedule or a time zone that does not exist.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      if (subject.group !== 'batch' || subject.ref.kind !== 'CronJob') continue;
      const schedule = textOf(at(subject.manifest, 'spec', 'schedule'));
      const mistake = schedule === undefined ? undefined : cronMistake(schedule);
      if (mistake !== undefined) {
        yield {
          subject,
          message: mistake,
          hint: 'minute, hour, day of month, month, day of week',
          pointer: '/spec/schedule',
        };
      }
      const zone = textOf(at(subject.manifest, 'spec', 'timeZone'));
      if (zone !== undefined && !isTimeZone(zone)) {
        yield {
          subject,
          message: `there is no time zone "${zone}"`,
          hint: 'for example Europe/Amsterdam or Etc/UTC',
          pointer: '/spec/timeZone',
        };
      }
    }
  },
};

function isTimeZone(zone: string): boolean {
  // An offset such as +02:00 is a zone to JavaScript alone.
  if (zone.toLowerCase() === 'local' || !/^[A-Za-z]/.test(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // JavaScript takes any case; for the API server zones are files. A link such as US/Pacific resolves to another name.
    return timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}
