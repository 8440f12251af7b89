// The rig of `npm run e2e -- up`: Argo CD has installed the environment, and a person looks around.
import { describe, readApplications, waitUntilSettled } from '../argo-cd/applications.ts';
import { installArgoCD } from '../argo-cd/installation.ts';

const { rig, repository, names } = await installArgoCD();
console.log(`kubeconfig, inside: ${rig.kubeconfig}`);
console.log('Argo CD syncs the environment; this takes a minute or two');
try {
  await waitUntilSettled(rig.api, { names, commit: await repository.head(), seconds: 600 });
} catch (error) {
  // A person who looks for what is wrong wants it to stay.
  console.log(error instanceof Error ? error.message : error);
}
console.log(describe(await readApplications(rig.api)));
console.log('it stays until Ctrl-C');
// The rig keeps nothing alive by itself.
setInterval(() => undefined, 60_000);
