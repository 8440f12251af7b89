// Commits that can't be rendered, and the commits that mend them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicationRef, readApplications, refresh, rootName, waitUntilSettled } from '../../argo-cd/applications.ts';
import { environmentWith } from '../../argo-cd/changes.ts';
import type { Installation } from '../../argo-cd/installation.ts';
import { managedObjects, missingOf } from '../../argo-cd/objects.ts';
import { report } from '../../report.ts';
import { waitUntil } from '../../rig/api.ts';

/** Registers the tests. Everything is settled by then, and again after each. */
export function proveRepairs({ environment, rig: { api }, repository, names }: Installation): void {
  const stateOf = async (name: string) => (await readApplications(api)).find((app) => app.name === name)!;
  const hasTried = async () => ((await api.get(applicationRef(rootName))).status.operationState.retryCount ?? 0) > 0;

  /** Pushes a commit that mends everything, touches nothing else, and waits. */
  const mend = async (what: string) => {
    const commit = await repository.push(`Mend: ${what}`, environmentWith(environment));
    await report.timed(`a commit mends ${what}`, () => waitUntilSettled(api, { names, commit, seconds: 240 }));
  };

  test('a mistake in a setting is a condition of its app, and prunes nothing; the commit that mends it lands unaided', async () => {
    const before = [...(await managedObjects(api)).values()].flat();
    await repository.push(
      'A setting of the wrong type',
      environmentWith(environment, `components+: { 'cert-manager'+: { verbosity: 'loud' } },`),
    );
    await refresh(api, rootName);
    await report.timed('a mistake shows as a condition', () =>
      waitUntil(
        async () =>
          (await stateOf('cert-manager')).conditions.some(
            ({ type, message }) => type === 'ComparisonError' && message.includes('verbosity: expected a whole number'),
          ),
        { seconds: 90, what: 'the mistake is a ComparisonError of cert-manager' },
      ),
    );
    await waitUntil(hasTried, { seconds: 60, what: 'the root does not go on to later waves, and tries again' });
    assert.deepEqual(await missingOf(api, before), []);
    await mend('what could not be rendered');
  });

  test('an environment that can not be evaluated stops at the root, and prunes nothing', async () => {
    const before = [...(await managedObjects(api)).values()].flat();
    await repository.push('A misspelt component', environmentWith(environment, `components+: { contuor+: {} },`));
    await refresh(api, rootName);
    await waitUntil(
      async () =>
        (await stateOf(rootName)).conditions.some(
          ({ type, message }) => type === 'ComparisonError' && message.includes('did you mean "contour"?'),
        ),
      { seconds: 90, what: 'the mistake is a ComparisonError of the root' },
    );
    assert.deepEqual(await missingOf(api, before), []);
    const commit = await repository.push('Mend: the name', environmentWith(environment));
    await refresh(api, rootName);
    await waitUntilSettled(api, { names, commit, seconds: 240 });
  });
}
