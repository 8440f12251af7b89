// A record is taken and read again through forwarded ports: here they lead to a small server.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Signal } from '../../../scripts/core/live/signals.ts';
import { readAgain, spansAt, takeRecord, type Reach } from '../../../scripts/core/rebirth/record.ts';
import { verify, holds, type Outcome } from '../../../scripts/core/rebirth/verify.ts';
import { fakeKubectl, live } from '../live/fake-kubectl.ts';

const signal: Signal = {
  component: 'grafana',
  name: 'dashboards',
  kind: 'dashboards',
  namespace: 'grafana',
  service: 'web',
  port: 3000,
  path: '/below',
  headers: { 'X-Scope-OrgID': 'home' },
  lost: 0,
  found: 0,
  upload: null,
  signIn: { secret: 'grafana', user: 'user', password: 'password' },
};

const requests: IncomingMessage[] = [];
let answer: [status: number, body: unknown] = [200, [{ uid: 'nodes' }]];
const server = createServer((request, response) => {
  requests.push(request);
  response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => server.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const opened: string[] = [];
const reach: Reach = {
  kubectl: fakeKubectl({
    secrets: [live('Secret', 'grafana', { data: { user: base64('admin'), password: base64('geheim') } })],
  }),
  async forward({ namespace, to, port }) {
    opened.push(`${namespace} ${to} ${port}`);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, end: () => void opened.push('ended') };
  },
};
const moment = { now: 1_800_000_003, window: 600 };

test('each signal is asked where it is, with its tenant and its password', async () => {
  const record = await takeRecord('home', [signal], moment, reach);
  assert.deepEqual(
    record.signals.map(({ name, pieces }) => [name, pieces]),
    [
      ['dashboards', [{ id: 'nodes', amount: 1 }]],
      ['certificates', []],
    ],
  );
  assert.deepEqual(opened.splice(0), ['grafana service/web 3000', 'ended']);
  const { url, headers } = requests.at(-1)!;
  assert.equal(url, '/below/api/search?type=dash-db&limit=5000');
  assert.equal(headers['x-scope-orgid'], 'home');
  assert.equal(headers.authorization, `Basic ${base64('admin:geheim')}`);
});

test('one that does not answer ends the record, with what to do; no password is in the message', async () => {
  answer = [503, 'starting'];
  await assert.rejects(takeRecord('home', [signal], moment, reach), (error: Error) => {
    assert.match(error.message, /dashboards of grafana can't be recorded: .* answered 503.*--without grafana/);
    assert.ok(!error.message.includes('geheim') && !error.message.includes(base64('admin:geheim')));
    return true;
  });
  assert.deepEqual(opened.splice(0), ['grafana service/web 3000', 'ended']);
  answer = [200, [{ uid: 'nodes' }]];
});

test('what was recorded of a component that is gone is an error', async () => {
  const record = await takeRecord('home', [signal], moment, reach);
  await assert.rejects(readAgain(record.signals[0]!, [], record.spans, reach), /has no dashboards of grafana/);
});

test('what is missing is asked for until it may be missing no longer; an orderly drill allows nothing', async () => {
  const record = await takeRecord('home', [{ ...signal, found: 60 }], moment, reach);
  answer = [200, []];
  setTimeout(() => (answer = [200, [{ uid: 'nodes' }]]), 100);
  const seen: Outcome[] = [];
  const drill = { kind: 'orderly' as const, record, died: moment.now + 5, ended: true };
  const options = { ...reach, signals: [signal], onOutcome: (one: Outcome) => void seen.push(one), interval: 0.02 };
  const outcomes = await verify(drill, options);
  assert.deepEqual(outcomes, seen);
  assert.deepEqual(
    outcomes.map((one) => [one.name, one.before, one.after, holds(one)]),
    [
      ['dashboards', 1, 1, true],
      ['certificates', 0, 0, true],
    ],
  );

  answer = [200, []];
  const late = { ...record, signals: record.signals.map((one) => ({ ...one, found: 0 })) };
  const [lost] = await verify({ ...drill, record: late }, options);
  assert.deepEqual([lost!.after, lost!.reachesBack, holds(lost!)], [0, null, false]);

  answer = [500, 'broken'];
  const [broken] = await verify({ ...drill, record: late }, options);
  assert.match(broken!.error!, /answered 500/);
  assert.ok(!holds(broken!));
});

test('an abrupt loss may reach back as far as the store says, and a step more, since a step is as old as its beginning', () => {
  const outcome: Outcome = {
    component: 'loki',
    name: 'logs',
    unit: 'lines',
    before: 5,
    after: 4,
    missing: [{ id: 'blog 5', at: 5, amount: 1 }],
    reachesBack: 70,
    allowed: 70,
    seconds: 1,
  };
  assert.ok(holds(outcome));
  assert.ok(!holds({ ...outcome, reachesBack: 71 }));
});

test('stretches end where steps do, and there are at most some five hundred steps', () => {
  const [newest, ...past] = spansAt(1_800_000_003, 600);
  assert.deepEqual(newest, { from: 1_799_999_400, to: 1_800_000_000, step: 5 });
  assert.equal(past.length, 3);
  for (const window of [600, 3600, 12_300, 86_400]) {
    for (const { from, to, step } of spansAt(1_800_000_003, window)) {
      assert.deepEqual([from % step, to % step], [0, 0]);
      assert.ok((to - from) / step <= 500);
    }
  }
});
