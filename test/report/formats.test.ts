import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { report } from '../../scripts/report/index.ts';
import { context, sample } from './sample.ts';

test('pretty groups by environment or file, app and manifest', () => {
  assert.equal(
    report('pretty', sample, context),
    `some folder/a,b:c.yaml
  error key "name" is set twice [duplicate-key]
    at some folder/a,b:c.yaml:7:3

home
  echo
    Pod echo/echo
      warning ConfigMap "a<b>&'c'" is missing, [missing-reference]
        100% sure: really
        at environments/home/main.jsonnet
  mimir
    Deployment monitoring/mimir
      error unknown field "replica" [unknown-field]
        at /spec/replica  environments/home/main.jsonnet
        → did you mean "replicas"?

2 errors, 1 warning
`,
  );
});

test('pretty says the same with colours, and nothing about nothing', () => {
  const coloured = report('pretty', sample, { ...context, color: true });
  assert.ok(coloured.includes('\u001b['));
  assert.equal(stripVTControlCharacters(coloured), report('pretty', sample, context));
  assert.equal(report('pretty', [], context), '');
});

test('json is one array with the fields of the contract', () => {
  const rows = JSON.parse(report('json', sample, context));
  assert.deepEqual(rows[2], {
    rule: 'unknown-field',
    severity: 'error',
    message: 'unknown field "replica"',
    hint: 'did you mean "replicas"?',
    env: 'home',
    app: 'mimir',
    manifest: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'monitoring', name: 'mimir' },
    pointer: '/spec/replica',
    file: 'environments/home/main.jsonnet',
  });
  assert.equal(report('json', [], context), '[]\n');
});

test('junit fails on errors, passes with output on warnings, and shows what was clean', () => {
  const checked = [
    { env: 'home', app: 'echo', manifests: 3 },
    { env: 'home', app: 'mimir', manifests: 12 },
    { env: 'home', app: 'contour', manifests: 1 },
  ];
  const text = report('junit', sample, { ...context, checked });
  assert.match(
    text,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="rekindle" tests="5" failures="2" errors="0">/,
  );
  assert.match(
    text,
    /<testsuite name="home\/contour" tests="1" failures="0"[^>]*>\n {4}<testcase classname="home.contour" name="1 manifest without errors"\/>/,
  );
  assert.match(text, /<testsuite name="home\/echo" tests="2" failures="0"/);
  assert.match(text, /<failure type="unknown-field" message="unknown field &quot;replica&quot;">error: unknown field/);
  assert.match(text, /a&lt;b&gt;&amp;'c'/);
  assert.doesNotMatch(text.replaceAll('&amp;', ''), /<b>/);
});

test('junit turns characters that XML cannot hold into U+FFFD', () => {
  const text = report('junit', [{ rule: 'r', severity: 'error', message: 'bell \u0007 tab \t' }], context);
  assert.match(text, /bell \ufffd tab &#9;/);
});

test('github escapes what would end a command or a property', () => {
  const lines = report('github', sample, context).split('\n');
  assert.equal(
    lines[0],
    '::error file=some folder/a%2Cb%3Ac.yaml,line=7,col=3,title=rekindle%3A duplicate-key::key "name" is set twice',
  );
  assert.match(lines[1]!, /^::warning .*100%25 sure: really$/);
  assert.match(lines[1]!, /is missing,%0A100%25/);
  assert.equal(lines.length, sample.length + 1);
});

test('gitlab has unique fingerprints that survive moved lines and reworded messages', () => {
  const twice = [...sample, { ...sample[2]!, message: 'key "name" is set three times' }];
  const issues = JSON.parse(report('gitlab', twice, context));
  assert.equal(new Set(issues.map((issue: { fingerprint: string }) => issue.fingerprint)).size, twice.length);
  const moved = JSON.parse(report('gitlab', [{ ...sample[2]!, line: 99, message: 'reworded' }], context));
  assert.equal(moved[0].fingerprint, JSON.parse(report('gitlab', [sample[2]!], context))[0].fingerprint);
  for (const issue of issues) {
    assert.deepEqual(Object.keys(issue), [
      'type',
      'check_name',
      'description',
      'categories',
      'severity',
      'fingerprint',
      'location',
    ]);
    assert.equal(typeof issue.location.path, 'string');
    assert.ok(issue.location.lines.begin >= 1);
  }
});
