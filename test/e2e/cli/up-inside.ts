// The rig of `npm run e2e -- up`: what every environment's proofs start from, with everything that it renders applied.
import { readContext } from '../context.ts';
import { install, refusals } from '../rig/install.ts';
import { startLoadBalancers } from '../rig/load-balancers.ts';
import { inSyncOrder } from '../rig/order.ts';
import { renderEnvironment } from '../rig/rendered.ts';
import { startRig } from '../rig/rig.ts';
import { keepWebhooksAside } from '../rig/webhooks.ts';

const { environment } = readContext();
const rig = await startRig();
startLoadBalancers(rig.api);
const steps = inSyncOrder(await renderEnvironment(environment));
const refused = refusals(await install(rig.api, steps, { onApplied: keepWebhooksAside(rig.api) }));
console.log(`${steps.length - refused.length} of ${steps.length} manifests applied`);
for (const line of refused) console.log(line);
console.log(`kubeconfig, inside: ${rig.kubeconfig}`);
// The rig keeps nothing alive by itself.
setInterval(() => undefined, 60_000);
