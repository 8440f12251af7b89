import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argsOf, find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';

const cluster = (settings = '{}', extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      headlamp: (import 'headlamp/main.libsonnet') + ${settings},
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + ${extra}`,
  );
const app = (settings?: string, extra?: string): string => `(${cluster(settings, extra)}).manifests('headlamp')`;
const people = `{ signIn: { issuer: 'https://id.example:8443', clientID: 'c', viewerGroups: ['all'] } }`;
const secret = `{ signInSecret: { name: 'headlamp', key: 'client-secret' } }`;

const rendered = await evaluateAll({
  small: app(),
  signIn: app('{}', `${people} + { profile: 'highly-available' }`),
  secret: app(`${secret} + { plugins: false, session: '30m' }`, people),
  secrets: `(${cluster(secret, people)}).secrets`,
  problems: `local c = ${cluster(secret)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('headlamp'))`,
});

const container = (manifests: any[]): any => find(manifests, 'Deployment', 'headlamp').spec.template.spec.containers[0];
const env = (manifests: any[]): Record<string, any> =>
  Object.fromEntries(container(manifests).env.map(({ name, ...value }: any) => [name, value.value ?? value.valueFrom]));

test('it has no rights of its own: whoever looks brings a token', () => {
  assert.ok(!rendered.small.some(({ kind }: any) => /Role/.test(kind)));
  const args = argsOf(find(rendered.small, 'Deployment', 'headlamp'), 'server');
  assert.ok(!args.some((arg: string) => /unsafe|oidc|kubeconfig|helm/.test(arg)));
  assert.deepEqual(args, [
    '-in-cluster=true',
    '-in-cluster-context-name=test',
    '-log-level=warn',
    '-port=4466',
    '-session-ttl=28800',
  ]);
});

test('hardened and small; what it writes goes with the pod', () => {
  const pod = find(rendered.small, 'Deployment', 'headlamp').spec.template.spec;
  assert.deepEqual(gapsOf(pod, 'Deployment'), []);
  assert.deepEqual(container(rendered.small).volumeMounts, [{ name: 'tmp', mountPath: '/tmp' }]);
  assert.equal(env(rendered.small)['XDG_CONFIG_HOME'], '/tmp/config');
  const { requests } = container(rendered.small).resources;
  assert.deepEqual([requests.cpu, requests.memory], ['10m', '48Mi']);
  assert.deepEqual(container(rendered.signIn).resources.requests.memory, '64Mi');
});

test('behind Contour, by TLS, with connections that stay open; Contour alone reaches it', () => {
  const { virtualhost, routes } = find(rendered.small, 'HTTPProxy', 'headlamp-web').spec;
  assert.equal(virtualhost.fqdn, 'headlamp.test.example');
  assert.ok(virtualhost.tls.secretName);
  assert.equal(routes[0].enableWebsockets, true);
  assert.equal(routes[0].timeoutPolicy.response, 'infinity');
  const { ingress } = find(rendered.small, 'NetworkPolicy', 'headlamp').spec;
  assert.deepEqual(
    ingress.flatMap(({ from }: any) => from.map((one: any) => one.podSelector.matchLabels['app.kubernetes.io/name'])),
    ['contour-envoy'],
  );
});

test("the cluster's provider signs people in, by PKCE; the pod that began ends it, and reaches the provider", () => {
  const args = argsOf(find(rendered.signIn, 'Deployment', 'headlamp'), 'server');
  for (const arg of [
    '-oidc-callback-url=https://headlamp.test.example/oidc-callback',
    '-oidc-client-id=c',
    '-oidc-idp-issuer-url=https://id.example:8443',
    '-oidc-scopes=profile,email,groups',
    '-oidc-use-pkce=true',
  ])
    assert.ok(args.includes(arg), arg);
  assert.equal(find(rendered.signIn, 'Deployment', 'headlamp').spec.replicas, 1);
  const ports = find(rendered.signIn, 'NetworkPolicy', 'headlamp').spec.egress.flatMap((rule: any) => rule.ports);
  assert.ok(ports.some(({ port }: any) => port === 8443));
});

test('the secret of the client is a variable from a Secret, and no argument', () => {
  assert.deepEqual(env(rendered.secret)['HEADLAMP_CONFIG_OIDC_CLIENT_SECRET'], {
    secretKeyRef: { name: 'headlamp', key: 'client-secret' },
  });
  assert.ok(!container(rendered.secret).args.some((arg: string) => arg.includes('client-secret')));
  const own = rendered.secrets.find(({ component }: any) => component === 'headlamp');
  assert.deepEqual(Object.keys(own.keys), ['client-secret']);
});

test('plugins and the length of a session are settings; a secret without a provider is refused', () => {
  assert.equal(env(rendered.secret)['HEADLAMP_STATIC_PLUGINS_DIR'], '');
  assert.ok(!('HEADLAMP_STATIC_PLUGINS_DIR' in env(rendered.small)));
  assert.ok(container(rendered.secret).args.includes('-session-ttl=1800'));
  assert.equal(rendered.problems.length, 1);
  assert.match(rendered.problems[0], /signInSecret: set signIn of the cluster too/);
});
