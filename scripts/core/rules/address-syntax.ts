import { isIP } from 'node:net';
import type { Finding, Rule, Subject } from './rule.ts';
import { at, itemsOf, pointer, textOf } from './values.ts';

/** IP addresses and networks that are none. */
export const addressSyntax: Rule = {
  name: 'address-syntax',
  summary: 'Something that must be an IP address or a network is none.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      const kind = `${subject.group}/${subject.ref.kind}`;
      if (kind === '/Service') yield* serviceFindings(subject);
      if (kind === 'networking.k8s.io/NetworkPolicy') yield* policyFindings(subject);
    }
  },
};

function* serviceFindings(subject: Subject): Generator<Finding> {
  const spec = subject.manifest.spec;
  const clusterIP = textOf(at(spec, 'clusterIP'));
  if (clusterIP && clusterIP !== 'None' && family(clusterIP) === 0) {
    yield { subject, message: `the clusterIP "${clusterIP}" is no IP address`, pointer: '/spec/clusterIP' };
  }
  for (const [i, address] of itemsOf(at(spec, 'externalIPs')).entries()) {
    if (typeof address !== 'string' || family(address) !== 0) continue;
    yield { subject, message: `"${address}" is no IP address`, pointer: pointer('spec', 'externalIPs', i) };
  }
  for (const [i, network] of itemsOf(at(spec, 'loadBalancerSourceRanges')).entries()) {
    // Space around them is forgiven here.
    if (typeof network !== 'string' || isNetwork(network.trim())) continue;
    yield { subject, message: notNetwork(network), pointer: pointer('spec', 'loadBalancerSourceRanges', i) };
  }
}

function* policyFindings(subject: Subject): Generator<Finding> {
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [i, rule] of itemsOf(at(subject.manifest.spec, direction)).entries()) {
      for (const [j, peer] of itemsOf(at(rule, peers)).entries()) {
        const steps = ['spec', direction, i, peers, j, 'ipBlock'];
        const cidr = at(peer, 'ipBlock', 'cidr');
        if (typeof cidr === 'string' && !isNetwork(cidr)) {
          yield { subject, message: notNetwork(cidr), pointer: pointer(...steps, 'cidr') };
        }
        for (const [k, network] of itemsOf(at(peer, 'ipBlock', 'except')).entries()) {
          if (typeof network !== 'string' || isNetwork(network)) continue;
          yield { subject, message: notNetwork(network), pointer: pointer(...steps, 'except', k) };
        }
      }
    }
  }
}

/** 4, 6, or 0 for what is no address. Leading zeros are taken, as the API server takes them. */
function family(address: string): number {
  return isIP(address.replace(/(^|\.)0+(?=\d)/g, '$1'));
}

/** An address, a slash and the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[family(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= longest;
}

function notNetwork(text: string): string {
  return `"${text}" is no network, such as 10.0.0.0/8 or 2001:db8::/64`;
}
