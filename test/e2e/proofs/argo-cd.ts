// Argo CD itself, from the root Application down: it installs the environment in its waves, and what a commit does then.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { describe, readApplications, rootName, waitUntilSettled } from '../argo-cd/applications.ts';
import { installArgoCD } from '../argo-cd/installation.ts';
import { recordWaves } from '../argo-cd/waves.ts';
import { refusedCalls } from '../programs/workload.ts';
import { report } from '../report.ts';
import { proveCommits } from './argo-cd/commits.ts';
import { proveNoDrift } from './argo-cd/drift.ts';
import { proveRemoval } from './argo-cd/removal.ts';
import { proveRepairs } from './argo-cd/repairs.ts';

const installation = await installArgoCD();
const { environment, rig, repository, names, pods } = installation;

test('every Application becomes Synced and Healthy, in the order of the waves', async (t) => {
  const commit = await repository.head();
  const waves = recordWaves(commit);
  try {
    await report.timed('first sync of everything', () =>
      waitUntilSettled(rig.api, { names, commit, seconds: 420, onLook: waves.look }),
    );
  } finally {
    const apps = await readApplications(rig.api);
    t.diagnostic(describe(apps));
    report.count('apps synced', apps.filter(({ sync }) => sync === 'Synced').length, names.length);
    report.count('apps healthy', apps.filter(({ health }) => health === 'Healthy').length, names.length);
    for (const failure of pods.failures) t.diagnostic(failure);
  }
  assert.deepEqual(waves.mistakes(), []);
  assert.equal(waves.order().join(' ').split(/[ +]/).length, names.length - 1, `all but ${rootName} were seen`);
  report.note('waves', waves.order().join(' → '));
});

proveNoDrift(installation);
proveCommits(installation);
// What Argo CD does when something is wrong does not depend on the environment: the one with the fewest pods is enough.
const changes = environment === 'kind';
if (changes) proveRepairs(installation);

test('every pod started, and no program was refused a call', () => {
  assert.deepEqual(pods.failures, []);
  assert.deepEqual(refusedCalls(rig, []), []);
});

// A program that goes with its component may lose its rights before it ends.
if (changes) proveRemoval(installation);

after(() => pods.stop());
