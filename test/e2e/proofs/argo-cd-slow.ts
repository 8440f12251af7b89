// Commits that mend what hangs, with the times that the environment really has: minutes, which is why not every run proves it.
import { after, test } from 'node:test';
import { readApplications, waitUntilSettled } from '../argo-cd/applications.ts';
import { environmentWith } from '../argo-cd/changes.ts';
import { installArgoCD } from '../argo-cd/installation.ts';
import { report } from '../report.ts';
import { waitUntil } from '../rig/api.ts';

const { environment, rig, repository, names, pods } = await installArgoCD();
const { api } = rig;

test('the environment is installed', async () => {
  await waitUntilSettled(api, { names, commit: await repository.head(), seconds: 420 });
});

/** What keeps an app from getting healthy, and the longest time in which a commit that comes at once must have mended it. */
const hangs = [
  { what: 'an app that does not get healthy', app: 'argo-cd', workload: 'server', seconds: 360 },
  { what: 'an app that hangs in a wave of its own', app: 'cert-manager', workload: 'controller', seconds: 540 },
];

for (const { what, app, workload, seconds } of hangs) {
  test(`a commit that comes at once mends ${what}, unaided`, async () => {
    const broken = `components+: { '${app}'+: { size+: { ${workload}+: { cpu: '1000' } } } },`;
    const commit = await repository.push(`No node has room for ${app}`, environmentWith(environment, broken));
    // No webhook announces it: Argo CD asks Git after once or twice a minute.
    await report.timed(`a commit reaches ${app} unannounced`, () =>
      waitUntil(
        async () => {
          const found = (await readApplications(api)).find(({ name }) => name === app)!;
          return found.follows === commit && found.health === 'Progressing';
        },
        { seconds: 240, what: `${app} is applied and not healthy` },
      ),
    );
    const mended = await repository.push('Mend it', environmentWith(environment));
    await report.timed(`a commit mends ${what}`, () => waitUntilSettled(api, { names, commit: mended, seconds }));
  });
}

after(() => pods.stop());
