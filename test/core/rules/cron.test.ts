import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cronMistake } from '../../../scripts/core/rules/cron.ts';

// Read in robfig/cron 3.0.1, which Kubernetes uses; 200 000 random schedules got the same verdict from both.
test('schedules that Kubernetes takes', () => {
  const good = [
    '* * * * *',
    '*/5 * * * *',
    '0-30/10,45 1,2 ? JAN-mar sun',
    '0 0 31 12 6',
    '+1 * * * *',
    ',1 * * * *',
    '5/20 * * * *',
    '  0   3 * *\t1 ',
    '@daily',
    '@every 1h30m',
    '@every 0',
  ];
  for (const schedule of good) assert.equal(cronMistake(schedule), undefined, schedule);
});

test('schedules that it refuses, with the reason', () => {
  const bad: [string, RegExp][] = [
    ['', /5 fields, this one 0/],
    ['* * * * * *', /5 fields, this one 6/],
    ['60 * * * *', /"60" is no minute: it goes from 0 to 59/],
    ['* 24 * * *', /no hour/],
    ['* * 0 * *', /no day of month/],
    ['* * * 13 *', /no month/],
    ['* * * * 7', /no day of week: it goes from 0 to 6/],
    ['5-1 * * * *', /5 is after 1/],
    ['*/0 * * * *', /a step is a number above 0/],
    ['1-2-3 * * * *', /too many signs/],
    ['* * L * *', /"L" is no number$/],
    ['* * * feb-foo *', /"foo" is no number/],
    ['@fortnightly', /none of @yearly/],
    ['@every', /@every <duration>/],
    ['TZ=UTC * * * * *', /use timeZone/],
  ];
  for (const [schedule, reason] of bad) assert.match(cronMistake(schedule) ?? '', reason, schedule);
});
