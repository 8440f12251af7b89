// An API server to ask, whichever it is: one of the rig, or that of a kind cluster.
import { readContext } from '../context.ts';
import { noteStandIn } from '../stand-ins.ts';
import { Api } from './api.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { startRig } from './rig.ts';

/** An API server without anything that the environments install. Webhooks must be kept aside: nobody answers them. */
export async function startServer(): Promise<Api> {
  const { cluster, kubeconfig } = readContext();
  noteStandIn('webhooks of absent programs');
  if (cluster === 'kind') return new Api(readKubeconfig(kubeconfig!));
  const { api } = await startRig({ size: 'server' });
  return api;
}
