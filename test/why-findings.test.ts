// Findings on environments name the Jsonnet source that has to be mended, with the code, in every format.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../scripts/core/engine.ts';
import type { Diagnostic } from '../scripts/core/types.ts';
import { locateFindings } from '../scripts/core/why/locate.ts';
import { fixtureRepository, rekindle } from './helpers/repository.ts';

const library = `local deployment(this) = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: this.replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', resources: this.resources, imagePolicy: 'Always' }] },
    },
  },
};

{
  local cluster = self,
  name: 'lab',
  web:: { replicas: 1, resources: { requests: { cpu: '1', memory: '1Mi' }, limits: { memory: '1Mi' } } },
  apps:: ['web'],
  settings:: {},
  capacity:: null,
  manifests(app, revision=null):: [
    deployment(cluster.web),
  ],
}
`;

const cluster = `local cluster = import 'cluster/main.libsonnet';

cluster {
  web+: {
    replicas: 'many',
  },
}
`;

const { root, read } = fixtureRepository({
  'lib/cluster/main.libsonnet': library,
  'environments/lab/cluster.libsonnet': cluster,
});

interface Row {
  pointer: string;
  file: string;
  line: number;
  column: number;
  frame?: string;
  related?: object[];
}

const frame = `  3 | cluster {
  4 |   web+: {
> 5 |     replicas: 'many',
    |               ^^^^^^
  6 |   },
  7 | }`;

const formats = ['json', 'sarif', 'github', 'gitlab', 'junit'];

test('every format has the place, the code and the field that the value arrived in', async () => {
  const reports = formats.flatMap((format) => ['--report', `${format}=out.${format}`]);
  const { code, stdout, stderr } = await rekindle(root, ['validate', '--env', 'lab', ...reports]);
  assert.equal(code, 1, stderr);
  const indented = frame.replaceAll(/^/gm, '        ').replaceAll(/ +$/gm, '');
  assert.ok(stdout.includes(`at /spec/replicas  environments/lab/cluster.libsonnet:5:15\n${indented}\n`), stdout);
  assert.ok(stdout.includes('        set as spec.replicas at lib/cluster/main.libsonnet:6:5\n'), stdout);

  const rows = JSON.parse(read('out.json')) as Row[];
  const row = rows.find(({ pointer }) => pointer === '/spec/replicas')!;
  assert.deepEqual(
    [row.file, row.line, row.column, row.frame, row.related],
    [
      'environments/lab/cluster.libsonnet',
      5,
      15,
      frame,
      [{ message: 'set as spec.replicas', file: 'lib/cluster/main.libsonnet', line: 6, column: 5 }],
    ],
  );
  const unknown = rows.find(({ pointer }) => pointer.endsWith('/imagePolicy'))!;
  assert.deepEqual([unknown.file, unknown.line, unknown.column], ['lib/cluster/main.libsonnet', 10, 86]);
  assert.equal(unknown.related, undefined);

  const { runs } = JSON.parse(read('out.sarif')) as { runs: { results: any[] }[] };
  const result = runs[0]!.results.find(({ relatedLocations }) => relatedLocations !== undefined);
  const { artifactLocation, region, contextRegion } = result.locations[0].physicalLocation;
  assert.deepEqual(
    [artifactLocation.uri, region, contextRegion],
    [
      'environments/lab/cluster.libsonnet',
      { startLine: 5, startColumn: 15 },
      { startLine: 3, endLine: 7, snippet: { text: `${cluster.split('\n').slice(2, 7).join('\n')}\n` } },
    ],
  );
  assert.deepEqual(result.relatedLocations, [
    {
      id: 0,
      physicalLocation: {
        artifactLocation: { uri: 'lib/cluster/main.libsonnet' },
        region: { startLine: 6, startColumn: 5 },
      },
      message: { text: 'set as spec.replicas' },
    },
  ]);

  const escaped = frame.replaceAll('\n', '%0A');
  assert.match(read('out.github'), /^::error file=environments\/lab\/cluster\.libsonnet,line=5,col=15,/m);
  assert.ok(read('out.github').includes(`set as spec.replicas at lib/cluster/main.libsonnet:6:5%0A${escaped}\n`));

  const issues = JSON.parse(read('out.gitlab')) as any[];
  const issue = issues.find(({ other_locations }) => other_locations !== undefined);
  assert.deepEqual(issue.location, { path: 'environments/lab/cluster.libsonnet', lines: { begin: 5 } });
  assert.deepEqual(issue.other_locations, [{ path: 'lib/cluster/main.libsonnet', lines: { begin: 6 } }]);
  assert.equal(issue.content.body, `\`\`\`\n${frame}\n\`\`\``);

  const junit = read('out.junit').replaceAll('&#10;', '\n').replaceAll('&gt;', '>');
  assert.ok(
    junit.includes(
      `at environments/lab/cluster.libsonnet:5:15\nset as spec.replicas at lib/cluster/main.libsonnet:6:5\n${frame}<`,
    ),
    junit,
  );
});

test('from the cache it says the same, and so does render', async () => {
  const validate = () => rekindle(root, ['validate', '--env', 'lab', '--report', 'json']);
  const [first, second] = [await validate(), await validate()];
  assert.equal(second.stdout, first.stdout);
  const rendered = await rekindle(root, ['render', '--env', 'lab', '--output', 'out']);
  assert.match(rendered.stdout + rendered.stderr, /at \/spec\/replicas {2}environments\/lab\/cluster\.libsonnet:5:15/);
});

test('with node-jsonnet findings are as they were', async () => {
  const args = ['validate', '--env', 'lab', '--report', 'json', '--engine', 'node-jsonnet'];
  const rows = JSON.parse((await rekindle(root, args)).stdout) as Row[];
  assert.ok(rows.length > 0);
  for (const row of rows) {
    assert.deepEqual([row.file, row.line, row.frame], ['environments/lab/main.jsonnet', undefined, undefined]);
  }
});

test('an error of the evaluation is shown with its code', async () => {
  const { root: broken } = fixtureRepository({
    'lib/cluster/main.libsonnet': library,
    'environments/lab/cluster.libsonnet': cluster.replace("'many'", "error 'how many?'"),
  });
  const { code, stdout } = await rekindle(broken, ['validate', '--env', 'lab']);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /error how many\? \[evaluation\]\n.*environments\/lab\/cluster\.libsonnet:5:15\n.*\n.*\n *> 5 \|/,
  );
});

test('the code around a secret is not shown', async () => {
  const { root: leaky } = fixtureRepository({
    'lib/cluster/main.libsonnet': library.replace(
      '    deployment(cluster.web),',
      `    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' }, stringData: { a: 'hunter2' } },`,
    ),
    'environments/lab/cluster.libsonnet': cluster,
  });
  for (const format of ['pretty', ...formats]) {
    const { code, stdout } = await rekindle(leaky, ['validate', '--env', 'lab', '--report', format]);
    assert.equal(code, 1);
    assert.match(stdout, /plaintext-secret/);
    assert.match(stdout, /lib\/cluster\/main\.libsonnet/);
    assert.doesNotMatch(stdout, /hunter2/);
  }
});

test('what Argo CD refuses of the value as a whole has a place as well', async () => {
  const { root: nested } = fixtureRepository({
    'lib/cluster/main.libsonnet': library.replace('    deployment(cluster.web),', '    [deployment(cluster.web)],'),
    'environments/lab/cluster.libsonnet': cluster.replace("'many'", '1'),
  });
  const { stdout } = await rekindle(nested, ['validate', '--env', 'lab', '--report', 'json']);
  const row = (JSON.parse(stdout) as (Row & { rule: string })[]).find(({ rule }) => rule === 'argo-shape')!;
  assert.deepEqual([row.pointer, row.file, row.line, row.column], ['/0', 'lib/cluster/main.libsonnet', 23, 5]);
});

test('places take no longer than the limits allow; without them a finding stays', () => {
  const { root: slow } = fixtureRepository({
    'environments/lab/main.jsonnet': `function(app) [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: {
        sum: '' + std.foldl(function(a, b) a + b, std.range(1, 100000), 0),
      } },
    ]`,
  });
  const environment = { name: 'lab', root: slow, directory: `${slow}/environments/lab`, libs: ['lib'] };
  const finding: Diagnostic = {
    rule: 'schema',
    severity: 'error',
    message: 'wrong',
    env: 'lab',
    app: 'web',
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' },
    pointer: '/data/sum',
  };
  assert.equal(locateFindings(environment, [finding], defaultLimits)[0]!.line, 3);
  assert.deepEqual(locateFindings(environment, [finding], { ...defaultLimits, seconds: 0.001 }), [finding]);
});
