// What is applied stays as it is: Argo CD and the controllers agree on every field.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiVersion, isSettled, namespace, readApplications, refresh } from '../../argo-cd/applications.ts';
import type { Installation } from '../../argo-cd/installation.ts';
import { report } from '../../report.ts';
import { waitUntil } from '../../rig/api.ts';

interface ResourceStatus {
  kind: string;
  name: string;
  status?: string;
  hook?: boolean;
}

/** Registers the test. Everything is settled by then. */
export function proveNoDrift({ rig, repository, names }: Installation): void {
  test('a second look at everything finds no drift, and starts no sync', async () => {
    const commit = await repository.head();
    const before = new Map((await readApplications(rig.api)).map((app) => [app.name, app]));
    // Times have a resolution of a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const since = new Date().toISOString();
    for (const name of names) await refresh(rig.api, name, 'hard');
    await report.timed('second look', () =>
      waitUntil(
        async () => {
          const apps = await readApplications(rig.api);
          return apps.every((app) => app.reconciledAt >= since.slice(0, 19) && isSettled(app, commit));
        },
        { seconds: 120, what: 'every Application is compared again' },
      ),
    );
    for (const app of await readApplications(rig.api)) {
      assert.equal(app.finishedAt, before.get(app.name)?.finishedAt, `${app.name} was synced again`);
    }
    const live = await rig.api.list(apiVersion, 'Application', { namespace });
    const resources = live.flatMap(({ status }) => (status?.resources ?? []) as ResourceStatus[]);
    const drifted = resources.filter(({ status, hook }) => status !== 'Synced' && hook !== true);
    assert.deepEqual(drifted, []);
    report.count('objects without drift', resources.length - drifted.length, resources.length);
  });
}
