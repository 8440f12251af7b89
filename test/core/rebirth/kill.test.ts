import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runSteps } from '../../../scripts/core/live/run-steps.ts';
import { killSteps } from '../../../scripts/core/rebirth/kill.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { fakeKubectl } from '../live/fake-kubectl.ts';

const silent = (): void => undefined;

test('the command is run, and then the API server must answer', async () => {
  const kubectl = fakeKubectl();
  const mark = join(temporaryFolder(), 'dead');
  await runSteps(killSteps(`touch '${mark}'`, kubectl), silent);
  assert.ok(existsSync(mark));
  assert.deepEqual(kubectl.calls, ['get --raw /readyz --request-timeout 5s']);
});

test('one that fails is named with its exit code, and nothing is waited for', async () => {
  const kubectl = fakeKubectl();
  await assert.rejects(
    runSteps(killSteps('exit 3', kubectl), silent),
    /the cluster dies: "exit 3" failed with exit code 3/,
  );
  assert.deepEqual(kubectl.calls, []);
});
