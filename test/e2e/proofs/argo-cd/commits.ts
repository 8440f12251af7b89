// A commit moves through the waves, and what is deleted by hand comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readApplications, refresh, rootName, waitUntilSettled } from '../../argo-cd/applications.ts';
import { environmentWith } from '../../argo-cd/changes.ts';
import type { Installation } from '../../argo-cd/installation.ts';
import { recordWaves } from '../../argo-cd/waves.ts';
import { report } from '../../report.ts';

/** An early and a late component, each with a setting that reaches one of its objects. */
const change = `
  components+: {
    'cert-manager'+: { verbosity: 3 },
    'metrics-server'+: { resolution: '30s' },
  },`;

/** Registers the tests. Everything is settled by then, and again afterwards. */
export function proveCommits({ environment, rig: { api }, repository, names }: Installation): void {
  test('one commit that changes an early and a late component reaches them in the order of their waves', async () => {
    const commit = await repository.push(
      'Change cert-manager and metrics-server',
      environmentWith(environment, change),
    );
    const waves = recordWaves(commit);
    // As the webhook of a Git host would: nobody waits for the next poll.
    await refresh(api, rootName);
    await report.timed('a commit through all waves', () =>
      waitUntilSettled(api, { names, commit, seconds: 300, onLook: waves.look }),
    );
    assert.deepEqual(waves.mistakes(), []);
    const byName = new Map((await readApplications(api)).map((app) => [app.name, app]));
    const early = byName.get('cert-manager')!;
    const late = byName.get('metrics-server')!;
    assert.ok(early.wave < late.wave);
    assert.ok(early.finishedAt <= late.startedAt, `${early.finishedAt} is not before ${late.startedAt}`);
    const settings = await api.get(ref('v1', 'ConfigMap', 'cert-manager', 'cert-manager'));
    assert.match((settings.data as Record<string, string>)['config.yaml']!, /"verbosity": 3/);
    const server = await api.get(ref('apps/v1', 'Deployment', 'metrics-server', 'metrics-server'));
    assert.ok(server.spec.template.spec.containers[0].args.includes('--metric-resolution=30s'));
  });

  test('a Service that somebody deletes comes back', async () => {
    const service = ref('v1', 'Service', 'argocd', 'argocd-server');
    const { uid } = (await api.get(service)).metadata;
    await api.delete(service);
    await report.timed('a deleted Service is back', () =>
      api.waitFor(service, (live) => live !== undefined && live.metadata.uid !== uid, { seconds: 60 }),
    );
    await waitUntilSettled(api, { names, commit: await repository.head(), seconds: 60 });
  });
}

function ref(apiVersion: string, kind: string, namespace: string, name: string) {
  return { apiVersion, kind, metadata: { name, namespace } };
}
