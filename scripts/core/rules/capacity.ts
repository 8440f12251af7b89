import { formatBytes, short } from '../quantity.ts';
import type { Amount, Capacity } from '../types.ts';
import type { Finding, Rule } from './rule.ts';

type Resource = keyof Amount;

const resources: Record<Resource, { name: string; format: (amount: number) => string }> = {
  cpu: { name: 'CPU', format: (cores) => `${short(cores)} ${short(cores) === '1' ? 'core' : 'cores'}` },
  memory: { name: 'memory', format: formatBytes },
};

/** How many consumers a finding names. */
const named = 3;

/** What an environment requests must fit its nodes: pods beyond that would wait for ever. */
export const capacity: Rule = {
  name: 'capacity',
  summary: 'The pods of an environment request more than its nodes can give.',
  severity: 'error',
  *check({ env, capacity: found }) {
    if (env === undefined || found === undefined || found.allocatable === null) return;
    for (const resource of ['cpu', 'memory'] as const) {
      const finding = overcommitted(found, found.allocatable, resource) ?? tooLarge(found, resource);
      if (finding !== undefined) yield { ...finding, file: `environments/${env.name}/cluster.libsonnet` };
    }
  },
};

function overcommitted(found: Capacity, allocatable: Amount, resource: Resource): Finding | undefined {
  const [requested, given] = [found.requested[resource], allocatable[resource]];
  // Sums of thousandths are a hair off.
  if (requested <= given * (1 + 1e-9)) return undefined;
  const { name, format } = resources[resource];
  const largest = [...(found.components ?? [])]
    .sort((a, b) => b[resource] - a[resource])
    .slice(0, named)
    .filter((component) => component[resource] > 0)
    .map((component) => `${component.name} ${format(component[resource])}`);
  return {
    message: `the pods request ${format(requested)} of ${name}, and the nodes can give ${format(given)}`,
    hint: `${largest.length > 0 ? `the largest: ${largest.join(', ')}; ` : ''}make them smaller (size, replicas, profile), turn a component off, or give nodes`,
  };
}

/** A pod must fit one node: what all nodes have left together is of no use to it. */
function tooLarge(found: Capacity, resource: Resource): Finding | undefined {
  const most = Math.max(...(found.nodes ?? []).filter(({ count }) => count > 0).map((node) => node[resource]));
  const misfit = (found.workloads ?? []).find((workload) => workload[resource] > most * (1 + 1e-9));
  if (misfit === undefined || !Number.isFinite(most)) return undefined;
  const { name, format } = resources[resource];
  return {
    message: `a pod of ${misfit.workload} (${misfit.component}) requests ${format(misfit[resource])} of ${name}, and no node can give more than ${format(most)}`,
    hint: `make it smaller (components.${misfit.component}.size), or give larger nodes`,
  };
}
