// A cluster that has what the last commit rendered takes what this one renders: no field that can't change has changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOut } from '../../../scripts/core/diff/checkout.ts';
import { readContext } from '../context.ts';
import { report } from '../report.ts';
import { install, refusals } from '../rig/install.ts';
import { inSyncOrder } from '../../../scripts/core/live/sync-order.ts';
import { previousCommit } from '../rig/previous-commit.ts';
import { renderEnvironment, repositoryRoot } from '../rig/rendered.ts';
import { startServer } from '../rig/server.ts';
import { keepWebhooksAside } from '../rig/webhooks.ts';

const { environment } = readContext();
const base = await previousCommit(repositoryRoot, environment);

test(
  'what the last commit rendered can be upgraded in place',
  { skip: base === undefined && 'no earlier commit here' },
  async () => {
    const checkout = await checkOut(repositoryRoot, base!);
    const before = inSyncOrder(await renderEnvironment(environment, checkout.directory));
    checkout.dispose();
    const now = inSyncOrder(await renderEnvironment(environment));
    const api = await startServer();
    const onApplied = keepWebhooksAside(api);
    assert.deepEqual(refusals(await install(api, before, { onApplied })), []);
    const refused = refusals(await install(api, now, { onApplied }));
    report.count('upgraded in place', now.length - refused.length, now.length);
    const texts = new Set(before.map(({ manifest }) => JSON.stringify(manifest)));
    const changed = now.filter(({ manifest }) => !texts.has(JSON.stringify(manifest))).length;
    report.note(
      `upgrade in place of ${environment}`,
      `from ${base!.slice(0, 10)}, ${changed} of ${now.length} manifests changed or new`,
    );
    assert.deepEqual(refused, []);
  },
);
