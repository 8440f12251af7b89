import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotationsOf, find, manifestsOf, withCluster } from './argo-cd-cluster.ts';
import { evaluate } from './evaluate.ts';

/** How long an app tries before it gives up: Argo CD's own formula, with durations in seconds (NextRetryAt in types.go). */
const secondsOf = ({ limit, backoff }: any): number => {
  assert.ok(limit > 0);
  const waits = Array.from({ length: limit }, (_, n) =>
    Math.min(parseInt(backoff.maxDuration, 10), parseInt(backoff.duration, 10) * backoff.factor ** (n + 1)),
  );
  return waits.reduce((sum, seconds) => sum + seconds, 0);
};

test('the root: in the app of Argo CD, which does not wait for it; it goes with nobody and takes nobody along', async () => {
  const root = find(await manifestsOf(), 'Application', 'applications');
  assert.equal(annotationsOf(root)['argocd.argoproj.io/ignore-healthcheck'], 'true');
  assert.match(annotationsOf(root)['argocd.argoproj.io/sync-options'] ?? '', /Delete=false,Prune=false/);
  assert.equal(root.metadata.finalizers, undefined);
  assert.deepEqual(root.spec.source.directory.jsonnet.tlas, [
    { name: 'app', value: 'applications' },
    { name: 'revision', value: '$ARGOCD_APP_REVISION' },
  ]);
  assert.deepEqual(root.spec.syncPolicy.retry, {
    limit: -1,
    backoff: { duration: '5s', factor: 2, maxDuration: '30s' },
    refresh: true,
  });
});

test('children: follow the commit of the root, in waves, and come to an end so that the next commit can begin', async () => {
  const applications: any[] = await evaluate(withCluster(`cluster.manifests('applications', 'abc123')`));
  const byName = Object.fromEntries(applications.map((a) => [a.metadata.name, a]));
  const waveOf = (name: string): number => Number(annotationsOf(byName[name])['argocd.argoproj.io/sync-wave']);
  assert.deepEqual(['cluster', 'argo-cd', 'cert-manager', 'contour'].map(waveOf), [0, 1, 2, 3]);
  for (const { spec } of applications) {
    assert.equal(spec.source.targetRevision, 'abc123');
    assert.ok(secondsOf(spec.syncPolicy.retry) <= 120);
    assert.ok(spec.syncPolicy.syncOptions.includes('ServerSideApply=true'));
    assert.ok(spec.syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true'));
    assert.equal(spec.project === 'default', false);
  }
  // Deleting the ground, or Argo CD by itself, can't come to a good end.
  const cascading = applications.filter((a) => a.metadata.finalizers !== undefined).map((a) => a.metadata.name);
  assert.deepEqual(cascading.sort(), ['cert-manager', 'contour', 'echo']);
  assert.equal(byName.cluster.spec.syncPolicy.automated.prune, false);
  const kept: any[] = await evaluate(
    withCluster(`cluster.manifests('applications')`, '', `{ components+: { echo+: { cascade:: false } } }`),
  );
  assert.equal(kept.find((a) => a.metadata.name === 'echo').metadata.finalizers, undefined);
});

test('the ground: never pruned, never waited for, and a default project that may do nothing', async () => {
  const ground = await manifestsOf('', '{}', 'cluster');
  for (const manifest of ground) {
    assert.equal(
      annotationsOf(manifest)['argocd.argoproj.io/compare-options'],
      'IgnoreExtraneous',
      manifest.metadata.name,
    );
    assert.equal(
      annotationsOf(manifest)['argocd.argoproj.io/sync-options'],
      'Delete=false,Prune=false',
      manifest.metadata.name,
    );
  }
  const none = find(ground, 'AppProject', 'default').spec;
  assert.deepEqual(
    [none.sourceRepos, none.destinations, none.clusterResourceWhitelist, none.namespaceResourceWhitelist],
    [[], [], [], []],
  );
});

test('Argo CD’s own projects permit what their apps apply', async () => {
  const { ground, own } = await evaluate(
    withCluster(`{ ground: cluster.manifests('cluster'), own: cluster.manifests('argo-cd') }`),
  );
  const project = find(ground, 'AppProject', 'argo-cd').spec;
  const clusterKinds = new Set(project.clusterResourceWhitelist.map((k: any) => `${k.group}/${k.kind}`));
  for (const { apiVersion, kind, metadata } of own) {
    if (metadata.namespace === undefined) assert.ok(clusterKinds.has(`${apiVersion.split('/')[0]}/${kind}`), kind);
    else
      assert.ok(
        project.destinations.some((d: any) => d.namespace === metadata.namespace),
        metadata.namespace,
      );
  }
});
