// The verb kubeconfig as a user runs it: against a kubectl that answers from a script, and against the real one, where it is
// installed, with a small API server.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { fixtureRepository, rekindle, temporaryFolder, type Run } from './helpers/repository.ts';
import { findTool } from './helpers/tools.ts';

const project = join(import.meta.dirname, '..');
const token = 'header.payload.signature';
const expires = '2026-11-27T00:00:00Z';

/** PATH with a kubectl that writes down how it was called and does what `script` says. */
const kubectlThat = (script: string) => {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const path = join(folder, 'kubectl');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> ${log}\n${script}\n`);
  chmodSync(path, 0o755);
  return {
    env: { PATH: [folder, '/usr/bin', '/bin'].join(delimiter), CI: '' },
    calls: () => readFileSync(log, 'utf8').trimEnd().split('\n'),
  };
};

const answers = `case "$1" in
  config) echo '{"server":"https://10.0.0.1:6443","certificate-authority-data":"Q0E="}' ;;
  create) echo '{"status":{"token":"${token}","expirationTimestamp":"${expires}"}}' ;;
esac`;

const fails = (message: string) => `case "$1" in
  config) echo '{"server":"https://10.0.0.1:6443"}' ;;
  create) echo 'error: failed to create token: ${message}' >&2; exit 1 ;;
esac`;

const kubeconfig = (env: Record<string, string>, ...args: string[]): Promise<Run> =>
  rekindle(project, ['kubeconfig', '--env', 'home', ...args], { env });

test('viewer for eight hours, on standard output; what is said beside it has no token', async () => {
  const { env, calls } = kubectlThat(answers);
  const { code, stdout, stderr } = await kubeconfig(env);
  assert.equal(code, 0, stderr);
  const { clusters, users, contexts } = parse(stdout);
  assert.deepEqual(clusters, [
    { name: 'home', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority-data': 'Q0E=' } },
  ]);
  assert.deepEqual(users, [{ name: 'home-viewer', user: { token } }]);
  assert.equal(contexts[0].name, 'home-viewer');
  assert.equal(stderr, `home-viewer at https://10.0.0.1:6443, until ${expires}\n`);
  assert.deepEqual(calls(), [
    'config view --minify --flatten --raw --output jsonpath={.clusters[0].cluster}',
    'create token viewer --namespace lens --duration 28800s --output json',
  ]);
});

test('admin, for as long as asked, with another context, into a file that nobody else reads', async () => {
  const { env, calls } = kubectlThat(answers);
  const file = join(temporaryFolder(), 'config');
  const flags = ['--role', 'admin', '--duration', '1h', '--context', 'other', '--output', file];
  const { code, stdout, stderr } = await kubeconfig({ ...env, CI: 'true' }, ...flags);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, '');
  assert.ok(!stderr.includes(token));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(parse(readFileSync(file, 'utf8'))['current-context'], 'home-admin');
  assert.ok(calls().every((call) => call.endsWith('--context other')));
  assert.match(calls()[1]!, /^create token admin --namespace lens --duration 3600s /);
});

test('mistakes: nothing is asked of the cluster', async () => {
  const { env } = kubectlThat('exit 1');
  const cases: [string[], RegExp, Record<string, string>?][] = [
    [['--role', 'viwer'], /^rekindle: unknown role "viwer": did you mean "viewer"\?\n$/],
    [['--role', 'root-of-all'], /^rekindle: unknown role "root-of-all": there are: admin, viewer\n$/],
    [['--duration', '5m'], /argument '5m' is invalid\. The API server gives no token for less than 10m/],
    [['--duration', '2d'], /argument '2d' is invalid\. It must be a number with a unit/],
    [[], /standard output is a log here \(CI is set\)/, { CI: 'true' }],
  ];
  for (const [args, message, more] of cases) {
    const { code, stdout, stderr } = await kubeconfig({ ...env, ...more }, ...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
  assert.throws(() => statSync(join(env.PATH.split(delimiter)[0]!, 'log')));
});

test('each way in which it fails says what to do', async () => {
  const cases: [string, RegExp][] = [
    [
      fails('serviceaccounts "viewer" is forbidden: User "x"'),
      /you may not create a token of lens\/viewer: that takes/,
    ],
    [fails('serviceaccounts "viewer" not found'), /has no ServiceAccount lens\/viewer: is the app lens synced/],
    [fails('Unauthorized'), /the cluster does not know you: your own credentials have ended/],
    [fails('Post "https://10.0.0.1": dial tcp: connect: connection refused'), /the API server does not answer/],
    [fails('something else'), /no token for the role "viewer" \(kubectl create failed .*: something else\)/],
    ['echo "error: current-context must exist in order to minify" >&2; exit 1', /kubectl has no current context/],
    ['exit 0', /kubectl has no current context/],
  ];
  for (const [script, message] of cases) {
    const { code, stdout, stderr } = await kubeconfig(kubectlThat(script).env);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
  const { stderr } = await kubeconfig({ PATH: temporaryFolder(), CI: '' });
  assert.match(stderr, /^rekindle: kubectl is not installed/);
});

test('an environment without the component says so', async () => {
  const { env } = kubectlThat(answers);
  const { root } = fixtureRepository();
  const { code, stderr } = await rekindle(root, ['kubeconfig', '--env', 'home'], { env });
  assert.equal(code, 2);
  assert.match(stderr, /lens/);
});

// ---- the real kubectl ----

const skip = findTool('kubectl') === undefined && 'kubectl is not installed';

let answer: { code: number; body: object } = { code: 500, body: {} };
const asked: string[] = [];
const server = createServer((request, response: ServerResponse) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
  request.resume().on('end', () => {
    response.writeHead(answer.code, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
});
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => server.close());

const status = (code: number, reason: string, message: string) => ({
  code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code },
});

test('the real kubectl asks by TokenRequest, and its errors are known', { skip }, async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'config');
  const { port } = server.address() as AddressInfo;
  const entry = { server: `http://127.0.0.1:${port}` };
  writeFileSync(
    config,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'me',
      clusters: [{ name: 'c', cluster: entry }],
      contexts: [{ name: 'me', context: { cluster: 'c', user: 'me' } }],
      users: [{ name: 'me', user: { username: 'me', password: 'my-own-password' } }],
    }),
  );
  mkdirSync(join(folder, 'home'));
  const env = { KUBECONFIG: config, HOME: join(folder, 'home'), CI: '' };

  answer = {
    code: 201,
    body: {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name: 'viewer', namespace: 'lens' },
      spec: { audiences: ['x'], expirationSeconds: 28_800 },
      status: { token, expirationTimestamp: expires },
    },
  };
  const { code, stdout, stderr } = await kubeconfig(env);
  assert.equal(code, 0, stderr);
  const { clusters, users } = parse(stdout);
  assert.deepEqual(clusters, [{ name: 'home', cluster: entry }]);
  assert.deepEqual(users, [{ name: 'home-viewer', user: { token } }]);
  assert.ok(!stdout.includes('my-own-password'));
  assert.ok(asked.some((one) => one.startsWith('POST /api/v1/namespaces/lens/serviceaccounts/viewer/token')));

  const cases: [typeof answer, RegExp][] = [
    [status(403, 'Forbidden', 'serviceaccounts "viewer" is forbidden: User "me" cannot create'), /you may not create/],
    [status(404, 'NotFound', 'serviceaccounts "viewer" not found'), /has no ServiceAccount lens\/viewer/],
    [status(401, 'Unauthorized', 'Unauthorized'), /the cluster does not know you/],
  ];
  for (const [given, message] of cases) {
    answer = given;
    const failed = await kubeconfig(env);
    assert.equal(failed.code, 2);
    assert.match(failed.stderr, message);
    assert.equal(failed.stdout, '');
  }
  const unknown = await kubeconfig(env, '--context', 'nobody');
  assert.match(unknown.stderr, /nobody/);
  const none = await kubeconfig({ ...env, KUBECONFIG: join(folder, 'none') });
  assert.match(none.stderr, /kubectl has no current context/);
  assert.ok(!existsSync(join(folder, 'none')));
});
