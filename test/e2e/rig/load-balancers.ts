// Stands in for the controller of a cloud that gives Services of type LoadBalancer their addresses.
import { setTimeout as sleep } from 'node:timers/promises';
import { noteStandIn } from '../stand-ins.ts';
import type { Api } from './api.ts';
import { addresses } from './network.ts';

/** Gives an address to every such Service that has none, from now on. */
export function startLoadBalancers(api: Api): void {
  noteStandIn('load balancer');
  let given = 0;
  const round = async (): Promise<void> => {
    for (const service of await api.list('v1', 'Service')) {
      if (service.spec.type !== 'LoadBalancer' || service.status?.loadBalancer?.ingress !== undefined) continue;
      const ingress = [{ ip: `${addresses.loadBalancers}${++given}`, ipMode: 'VIP' }];
      await api.patch(service, { status: { loadBalancer: { ingress } } }, { subresource: 'status' });
    }
  };
  const run = async (): Promise<never> => {
    while (true) {
      // A round that fails, since a Service went meanwhile, is made up for by the next.
      await round().catch(() => undefined);
      await sleep(1000, undefined, { ref: false });
    }
  };
  void run();
}
