// The verb validate as a user runs it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, rekindleScript, repositoryOf } from './helpers/repository.ts';

const configMap = (name: string, data = '{}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: web }\ndata: ${data}\n`;

test('environments: clean ones exit with 0 and say what was checked', async () => {
  const { root } = fixtureRepository();
  const { code, stdout, stderr } = await rekindle(root, ['validate']);
  assert.equal(stderr, '');
  assert.match(
    stdout,
    /^\d+ manifests in 2 environments checked against Kubernetes 1\.34, 1\.35, 1\.36: no findings\n$/,
  );
  assert.equal(code, 0);
});

test('environments: a finding names environment, app, manifest and rule, and costs nothing the second time', async () => {
  const library = `{
    local cluster = self, components:: {}, apps:: std.objectFields(cluster.components), settings:: {}, capacity:: null,
    manifests(app, revision=null):: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Bad_Name', namespace: 'default' }, data: { a: 1 } }],
  }`;
  const { root } = fixtureRepository({
    'lib/cluster/main.libsonnet': library,
    'environments/lab/cluster.libsonnet': "(import 'cluster/main.libsonnet') { components:: { blog: {} } }",
  });
  const first = await rekindle(root, ['validate', '--env', 'lab', '--report', 'json']);
  assert.equal(first.code, 1, first.stderr);
  const rows = JSON.parse(first.stdout) as Record<string, unknown>[];
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'Bad_Name' };
  assert.deepEqual(
    rows.map(({ rule, severity, env, app, pointer, file, manifest: of }) => ({
      rule,
      severity,
      env,
      app,
      pointer,
      file,
      of,
    })),
    ['metadata-name /metadata/name', 'schema /data/a'].map((text) => {
      const [rule, pointer] = text.split(' ');
      return {
        rule,
        severity: 'error',
        env: 'lab',
        app: 'blog',
        pointer,
        file: 'lib/cluster/main.libsonnet',
        of: manifest,
      };
    }),
  );
  const second = await rekindle(root, ['validate', '--env', 'lab', '--report', 'json']);
  assert.deepEqual([second.code, second.stdout], [1, first.stdout]);
});

test('files: folders are searched, several reports are written in one run', async () => {
  const { root, read } = repositoryOf({
    'manifests/a.yaml': `${configMap('a')}---\n${configMap('B')}`,
    'manifests/deep/c.json':
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"dta":{}}]}',
    'manifests/notes.txt': 'not looked at',
  });
  const reports = ['json=out.json', 'junit=out.xml', 'sarif=out.sarif', 'gitlab=out.gitlab.json', 'github'];
  const { code, stdout, stderr } = await rekindle(root, [
    'validate',
    '--manifests',
    'manifests',
    ...reports.flatMap((one) => ['--report', one]),
  ]);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^::error file=manifests\/a\.yaml,line=8,/m);
  assert.match(stdout, /^::error file=manifests\/deep\/c\.json,line=1,col=111,/m);
  const rows = JSON.parse(read('out.json')) as { rule: string; file: string; line: number; pointer: string }[];
  assert.deepEqual(
    rows.map(({ rule, file, line, pointer }) => [rule, file, line, pointer]),
    [
      ['metadata-name', 'manifests/a.yaml', 8, '/metadata/name'],
      ['schema', 'manifests/deep/c.json', 1, '/dta'],
    ],
  );
  assert.equal((JSON.parse(read('out.sarif')) as { runs: { results: unknown[] }[] }).runs[0]!.results.length, 2);
  assert.equal((JSON.parse(read('out.gitlab.json')) as unknown[]).length, 2);
  assert.match(read('out.xml'), /<testsuites name="rekindle" tests="2" failures="2"/);
});

test('files: nothing to check is an error, and so is a path that does not exist', async () => {
  const { root } = repositoryOf({ 'empty.yaml': '# nothing\n', 'folder/x.txt': '' });
  const empty = await rekindle(root, ['validate', '--manifests', 'empty.yaml']);
  assert.deepEqual([empty.code, /there is no manifest in empty\.yaml \[no-manifests\]/.test(empty.stdout)], [1, true]);
  const folder = await rekindle(root, ['validate', '--manifests', 'folder']);
  assert.deepEqual([folder.code, folder.stderr], [2, 'rekindle: no .yaml, .yml, .json file in folder\n']);
  const missing = await rekindle(root, ['validate', '--manifests', 'nowhere']);
  assert.deepEqual([missing.code, missing.stderr], [2, 'rekindle: nowhere: no such file or folder\n']);
});

test('files: a missing schema is an error unless the kind is allowed or its definition given', async () => {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.org' },
    spec: {
      group: 'example.org',
      names: { kind: 'Widget', plural: 'widgets' },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { size: { type: 'integer' } } } },
        },
      ],
    },
  };
  const { root } = repositoryOf({
    'widget.yaml': 'apiVersion: example.org/v1\nkind: Widget\nmetadata: { name: w, namespace: web }\nsize: big\n',
    'crds/widgets.json': JSON.stringify(crd),
  });
  const validate = (...args: string[]) => rekindle(root, ['validate', '--manifests', 'widget.yaml', ...args]);
  assert.match((await validate()).stdout, /\[schema-missing\]/);
  assert.equal((await validate('--allow-missing-schema', 'Widget')).code, 0);
  const known = await validate('--crds', 'crds');
  assert.equal(known.code, 1);
  assert.match(known.stdout, /size must be an integer/);
});

test('files: only some minors refuse, and the finding names them', async () => {
  const { root } = repositoryOf({
    'a.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: 1web, namespace: web }\nspec: { ports: [{ port: 80 }] }\n',
  });
  assert.equal((await rekindle(root, ['validate', '--manifests', 'a.yaml', '--kubernetes', '1.36'])).code, 0);
  assert.equal((await rekindle(root, ['validate', '--manifests', 'a.yaml', '--kubernetes', 'v1.35.2'])).code, 1);
  const unknown = await rekindle(root, ['validate', '--manifests', 'a.yaml', '--kubernetes', '1.2']);
  assert.deepEqual(
    [unknown.code, unknown.stderr],
    [2, 'rekindle: no schemas for Kubernetes 1.2; there are: 1.34, 1.35, 1.36\n'],
  );
});

test('standard input may be YAML or JSON', () => {
  for (const input of [configMap('a'), '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}']) {
    const { status, stdout } = spawnSync(process.execPath, [rekindleScript, 'validate', '--manifests', '-'], {
      input,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout.startsWith('1 manifest in 1 file checked')], [0, true], stdout);
  }
});

test('a warning is printed and does not fail the run', async () => {
  const { root } = repositoryOf({
    'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: web }\nstringData: { token: x }\n',
  });
  const { code, stdout } = await rekindle(root, ['validate', '--manifests', 'a.yaml']);
  assert.equal(code, 0);
  assert.match(stdout, /warning .*plaintext-secret[^]*1 warning/);
});

test('flags that make no sense are refused with the way out', async () => {
  const { root } = fixtureRepository();
  const run = async (...args: string[]) => {
    const { code, stderr } = await rekindle(root, ['validate', ...args]);
    assert.equal(code, 2);
    return stderr;
  };
  assert.match(await run('--env', 'hoem'), /unknown environment "hoem": did you mean "home"\?/);
  assert.match(await run('--report', 'jsno'), /unknown report format "jsno": did you mean "json"\?/);
  assert.match(await run('--env', 'home', '--manifests', 'x'), /exclude each other/);
  assert.match(await run('--kubernetes', 'newest'), /must be a version such as 1\.36/);
});

test('the examples of valid manifests pass through the command line', async () => {
  const folder = join(import.meta.dirname, 'fixtures/valid');
  const { code, stdout } = await rekindle(import.meta.dirname, ['validate', '--manifests', folder]);
  assert.equal(code, 0, stdout);
});
