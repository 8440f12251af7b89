import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors, problemsOf } from './collectors-cluster.ts';
import { evaluateAll, evaluateError } from './evaluate.ts';

const people = `{ signIn: { issuer: 'https://id.test.example', clientID: 'cluster', adminGroups: ['admins'] } }`;
const endpoints = `{ signIn: { authURL: 'https://id/a', tokenURL: 'https://id/t', userInfoURL: 'https://id/u' } }`;
const problems = (settings: string, extra = '{}', more = '') =>
  problemsOf('grafana', collectors({ settings: { grafana: settings }, extra, more }));
const blog = (name: string, dashboards: string) => `${name}: echo { name: '${name}', dashboards:: ${dashboards} },`;
const board = (uid: string) => `{ uid: '${uid}', title: 't', panels: [] }`;

const wrong: [name: string, program: string, message: RegExp][] = [
  ['replicas', problems(`{ replicas: { server: 2 } }`), /replicas\.server: 2 without a database keep their sign-ins/],
  ['sign-in of nobody', problems(endpoints), /signIn: set signIn of the cluster too/],
  [
    'sign-in without endpoints',
    problems('{}', people),
    /signIn: the cluster signs in by https:\/\/id\.test\.example; set authURL, tokenURL and userInfoURL/,
  ],
  ['policy', problems(`{ notificationPolicy: { receiver: 'x' } }`), /notificationPolicy: set contactPoints/],
  [
    'no uid',
    problems('{}', '{}', blog('blog', `{ Blog: { a: { title: 't', panels: [] } } }`)),
    /dashboards: components\.blog \(dashboards\["Blog"\]\["a"\]\) has no uid that Grafana takes/,
  ],
  [
    'bad uid',
    problems('{}', '{}', blog('blog', `{ Blog: { a: ${board('a b')} } }`)),
    /\["a"\]\) has no uid that Grafana takes/,
  ],
  [
    'uid twice',
    problems(
      '{}',
      '{}',
      blog('blog', `{ Blog: { a: ${board('same')} } }`) + blog('news', `{ News: { b: ${board('same')} } }`),
    ),
    /components\.news \(dashboards\["News"\]\["b"\]\) has the uid "same" of components\.blog/,
  ],
  [
    'file twice',
    problems(
      '{}',
      '{}',
      blog('blog', `{ Shared: { a: ${board('x')} } }`) + blog('news', `{ Shared: { a: ${board('y')} } }`),
    ),
    /components\.news \(dashboards\["Shared"\]\["a"\]\) would be the same file as components\.blog/,
  ],
  [
    'a secret that is a value',
    problems(`{ credentials: { TOKEN: 'abc' } }`),
    /credentials\.TOKEN: expected an object, found abc/,
  ],
  [
    'a key that is none',
    problems(`{ config+:: { users+: { defualt_theme: 'dark' } } }`),
    /config\.users\.defualt_theme: Grafana knows no such key; did you mean "default_theme"\?/,
  ],
  [
    'a section that is none',
    problems(`{ config+:: { 'unified_alertin': { enabled: true } } }`),
    /config\.unified_alertin: Grafana knows no such key; did you mean "unified_alerting"\?/,
  ],
];

test('refused, with the way out', async () => {
  const found = await evaluateAll(Object.fromEntries(wrong.map(([name, program]) => [name, program])));
  for (const [name, , message] of wrong) {
    assert.equal(found[name].length, 1, name);
    assert.match(found[name][0], message, name);
  }
});

test('a dashboard that no ConfigMap can hold is refused by its name', async () => {
  const large = blog('blog', `{ Blog: { a: ${board('x')} { text: std.repeat('x', 800 * 1024) } } }`);
  assert.equal(
    await evaluateError(app('grafana', collectors({ more: large }))),
    'components.blog (dashboards["Blog"]["a"]) is larger than a ConfigMap may be; split it',
  );
});

test('with what is asked for there is nothing wrong', async () => {
  const everything = `{
    anonymous: true,
    contactPoints: [{}],
    database: { host: 'db', port: 5432, name: 'g', user: 'u', sslMode: 'require' },
    plugins: ['one'],
    smtp: { host: 'smtp', port: 587, from: 'g@test.example', user: 'u' },
    replicas: { server: 2 },
    config+:: { explore: { enabled: false }, 'plugin.one': { anything: 1 }, feature_toggles: { some: true } },
  }`;
  const found = await evaluateAll({
    people: problems(endpoints, people),
    plain: problems('{}'),
    // grafana.ini with everything that a setting adds to it.
    everything: problems(everything),
  });
  assert.deepEqual(found, { people: [], plain: [], everything: [] });
});
