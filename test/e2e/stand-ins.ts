// Everything that is not the real thing in a proof, and why. A proof that uses one says so with its result.
import { report } from './report.ts';

export const standIns = {
  'nodes and containers':
    'kwok plays the nodes and every container that a proof does not run: there is no kubelet and no image registry here',
  'webhooks of absent programs':
    "proofs of the API server alone run no controllers; what cert-manager's webhook would refuse is admitted there (the proofs of cert-manager run the real one)",
  'load balancer':
    'no cloud gives addresses to Services of type LoadBalancer: each gets one of 203.0.113.0/24, which kube-proxy leads to its pods',
  'name server': 'a small one in place of CoreDNS, with the same answers for Services',
} as const;

export type StandIn = keyof typeof standIns;

/** Makes a stand-in part of the result. */
export function noteStandIn(name: StandIn): void {
  report.note(`stand-in, ${name}`, standIns[name]);
}
