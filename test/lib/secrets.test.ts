// Which Secrets the slice `secrets` lists, against what the manifests read.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { slice } from './fixture.ts';
import { secretReferences, secretsMadeBy } from './secret-references.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** `<namespace>/<name>` of Secrets that nobody gives and no manifest says to be made -> who makes them. */
const madeInTheCluster: Record<string, string> = {
  'argocd/argocd-redis': 'The init container or Job of Redis makes its password.',
};

const exceptions = new Set<string>();

/** Every setting that makes somebody read a Secret, on top of an environment. */
const everything = `{
  registry+: { pullSecrets: ['registry'] },
  components+: {
    'argo-cd'+: {
      webhook: 'gitlab',
      notifications: { 'service.slack': { token: '$slack-token' } },
      signInSecret: { name: 'argocd-sign-in', key: 'clientSecret' },
      credentials: { infrastructure: { kind: 'repository', url: 'https://git.example/infrastructure.git', login: 'https' } },
    },
    contour+: { fallbackCertificate: { namespace: 'contour', name: 'fallback' }, clientCertificate: { namespace: 'contour', name: 'client' } },
    'external-dns'+: { registry+: { encryptionKey: { name: 'external-dns', key: 'aes' } } },
    grafana+: { smtp: { host: 'smtp.example.org', port: 587, from: 'grafana@example.org', user: 'grafana' }, credentials: { CHAT_URL: { name: 'chat', key: 'url' } } },
    mimir+: { alertmanagerConfig: { name: 'alertmanager', key: 'alertmanager.yaml' } },
    tempo+: { mode: 'microservices', kafka: { address: 'kafka.example.org:9092', topic: 'traces', credentials: { secretName: 'kafka', userKey: 'user', passwordKey: 'password' } } },
  },
}`;

const variants: Record<string, string> = {
  ...Object.fromEntries(
    readdirSync(path.join(root, 'environments')).map((env) => [
      env,
      `import '${root}/environments/${env}/cluster.libsonnet'`,
    ]),
  ),
  everything: `(import '${root}/environments/production/cluster.libsonnet') + ${everything}`,
};

for (const [name, cluster] of Object.entries(variants)) {
  test(`${name}: every Secret that something reads is declared, or made in the cluster`, async () => {
    const { manifests, rows } = await evaluate(
      `local cluster = ${cluster}; { rows: cluster.secrets, manifests: std.flattenArrays([cluster.manifests(app) for app in cluster.apps]) }`,
    );
    const made = secretsMadeBy(manifests);
    const declared = new Map<string, Set<string>>(
      rows.map((row: any) => [
        `${row.namespace}/${row.name}`,
        new Set([...Object.keys(row.keys), ...Object.keys(row.values ?? {})]),
      ]),
    );
    const unknown = new Set<string>();
    const read = new Set<string>();
    for (const { secret, key, from } of secretReferences(manifests)) {
      read.add(secret);
      const keys = declared.get(secret);
      if (keys === undefined) {
        if (secret in madeInTheCluster) exceptions.add(secret);
        else if (!made.has(secret)) unknown.add(`${from} reads ${secret}`);
      } else if (key !== undefined && !keys.has(key)) unknown.add(`${from} reads ${key} of ${secret}`);
    }
    assert.deepEqual([...unknown], []);
    assert.ok(read.size >= 5, `${read.size} Secrets`);
    // Argo CD finds its Secrets by label and by name; every other one is named where it is read.
    // GitLab Runner names those that jobs are pulled with in its configuration, Contour its certificate in contour.yaml.
    const inText = ['gitlab-runner-jobs/registry', 'contour/client'];
    const unread = [...declared.keys()].filter(
      (secret) => !read.has(secret) && !secret.startsWith('argocd/') && !inText.includes(secret),
    );
    assert.deepEqual(unread, []);
  });
}

test('every exception is still needed', () => {
  assert.deepEqual(
    Object.keys(madeInTheCluster).filter((secret) => !exceptions.has(secret)),
    [],
  );
});

const rowsOf = (secrets: string, extra = '{}'): string =>
  slice('secrets', `{ echo: echo { secrets:: ${secrets} } }`, extra);

test('a row says what differs from an ordinary Secret, and nothing else', async () => {
  const [row] = await evaluate(
    rowsOf(`{ token: { keys: { a: 'A.' }, generate: { a: { kind: 'hex', bytes: 16 } }, values: { user: 'echo' } } }`),
  );
  assert.deepEqual(row, {
    component: 'echo',
    namespace: 'echo',
    name: 'token',
    keys: { a: 'A.' },
    generate: { a: { kind: 'hex', bytes: 16 } },
    values: { user: 'echo' },
  });
});

test('who runs pods needs the pull secrets in its namespace', async () => {
  const rows = await evaluate(rowsOf('{}', `{ registry+: { pullSecrets: ['registry'] } }`));
  assert.deepEqual(
    rows.map((row: any) => [row.component, row.namespace, row.name, row.type, Object.keys(row.keys)]),
    [['echo', 'echo', 'registry', 'kubernetes.io/dockerconfigjson', ['.dockerconfigjson']]],
  );
});

test('a mistake in a declaration names the field, the Secret and the way out', async () => {
  const cases: [string, string][] = [
    [`{ keys: {}, label: {} }`, 'unknown field "label"; did you mean "labels"?'],
    [
      `{ keys: { token: '' }, generate: { tokn: { kind: 'hex', bytes: 8 } } }`,
      'generate.tokn: keys has no "tokn"; did you mean "token"?',
    ],
    [
      `{ keys: { token: '' }, generate: { token: { kind: 'dice' } } }`,
      'generate.token: set its kind, one of hex, password, text',
    ],
    [`{ keys: { token: '' }, generate: { token: { kind: 'hex' } } }`, 'generate.token: expected kind and bytes'],
  ];
  for (const [declaration, reason] of cases) {
    assert.equal(await evaluateError(rowsOf(`{ token: ${declaration} }`)), `echo: secrets.token: ${reason}`);
  }
});
