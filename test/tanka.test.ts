// Tanka itself shows and exports what this renders.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { temporaryFolder } from './helpers/repository.ts';
import { findTool } from './helpers/tools.ts';
import { evaluate } from './lib/evaluate.ts';

const root = join(import.meta.dirname, '..');
const tk = findTool('tk');
const skip = tk === undefined && 'tk is not installed; .ci/run builds it';

const run = (...args: string[]) => spawnSync(tk!, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
const identity = ({ apiVersion, kind, metadata }: any): string =>
  [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
const byIdentity = (manifests: any[]): any[] => manifests.toSorted((a, b) => (identity(a) < identity(b) ? -1 : 1));

for (const env of readdirSync(join(root, 'environments'))) {
  const path = `environments/${env}/tanka.jsonnet`;

  test(`${env}: tk export writes every manifest as it is rendered, and nothing else`, { skip }, async () => {
    const folder = join(temporaryFolder(), 'exported');
    const { status, stderr } = run(
      'export',
      folder,
      path,
      '--format',
      '{{.kind}}/{{.metadata.namespace}}/{{.metadata.name}}',
    );
    assert.equal(status, 0, stderr);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const exported = files.map((name) => parse(readFileSync(join(folder, name), 'utf8')));
    // The one thing that is said to Tanka alone, where it does not know that a kind is cluster-scoped.
    const annotation = 'tanka.dev/namespaced';
    const told = exported.filter(({ metadata }) => metadata.annotations?.[annotation] !== undefined);
    for (const { metadata } of told) {
      delete metadata.annotations[annotation];
      if (Object.keys(metadata.annotations).length === 0) delete metadata.annotations;
    }
    for (const { kind } of told) assert.ok(['Bundle', 'ClusterIssuer', 'IngressClass'].includes(kind), kind);
    const rendered = await evaluate(
      `local cluster = import '${root}/environments/${env}/cluster.libsonnet'; std.flattenArrays([cluster.manifests(app) for app in cluster.apps])`,
    );
    assert.ok(rendered.length > 100);
    assert.deepEqual(byIdentity(exported), byIdentity(rendered));
  });
}

test('tk show takes a selection, and the environment says its context', { skip }, () => {
  const path = 'environments/kind/tanka.jsonnet';
  const shown = run('show', '--dangerous-allow-redirect', path, '-t', 'deployment/grafana');
  assert.deepEqual(
    parseAllDocuments(shown.stdout).map((document) => identity(document.toJS())),
    ['apps/v1 Deployment grafana grafana'],
  );
  for (const [args, context] of [
    [[], 'kind'],
    [['--tla-str', 'context=kind-kind'], 'kind-kind'],
  ] as const) {
    const { stdout } = run('eval', path, ...args);
    const { kind, metadata, spec } = JSON.parse(stdout);
    assert.deepEqual([kind, metadata.name, spec.contextNames], ['Environment', 'environments/kind', [context]]);
  }
});
