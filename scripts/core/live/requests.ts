// What pods request, as the scheduler counts it.
import { parseQuantity } from '../rules/quantity.ts';
import type { Amount } from '../types.ts';
import type { LiveObject } from './live-object.ts';

interface Container {
  restartPolicy?: string;
  resources?: { requests?: Record<string, string> };
}

/** CPU and memory of a `requests`, an `allocatable` or an `overhead`. */
export function amountOf(quantities: Readonly<Record<string, string>> = {}): Amount {
  return { cpu: parseQuantity(quantities.cpu) ?? 0, memory: parseQuantity(quantities.memory) ?? 0 };
}

export function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce((a, b) => ({ cpu: a.cpu + b.cpu, memory: a.memory + b.memory }), { cpu: 0, memory: 0 });
}

/**
 * What a pod requests: its containers and sidecars together, or what its neediest init container needs beside the sidecars
 * that started before it (KEP-753).
 */
export function requestsOf({ spec = {} }: LiveObject): Amount {
  const of = ({ resources }: Container): Amount => amountOf(resources?.requests);
  let sidecars = sum([]);
  let starting = sum([]);
  for (const container of (spec.initContainers ?? []) as Container[]) {
    const now = sum([sidecars, of(container)]);
    if (container.restartPolicy === 'Always') sidecars = now;
    starting = max(starting, now);
  }
  const running = sum([sidecars, ...((spec.containers ?? []) as Container[]).map(of)]);
  return sum([max(starting, running), amountOf(spec.overhead)]);
}

function max(a: Amount, b: Amount): Amount {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}
