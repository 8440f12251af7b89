import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Capacity } from '../../../scripts/core/types.ts';
import { findings, namespace } from './environment.ts';

const gibibyte = 2 ** 30;
const web = { apps: { web: [namespace('web')] } };

/** Two nodes of 2 cores and 4 GiB; `shop` requests what is given here in each of two pods. */
const capacityOf = (cpu: number, memory: number): Capacity => ({
  requested: { cpu: 2 * cpu + 0.5, memory: 2 * memory + gibibyte },
  allocatable: { cpu: 4, memory: 8 * gibibyte },
  components: [
    { name: 'blog', cpu: 0.5, memory: gibibyte },
    { name: 'idle', cpu: 0, memory: 0 },
    { name: 'shop', cpu: 2 * cpu, memory: 2 * memory },
  ],
  workloads: [
    { component: 'blog', workload: 'blog', pods: 1, cpu: 0.5, memory: gibibyte },
    { component: 'shop', workload: 'shop-server', pods: 2, cpu, memory },
  ],
  nodes: [{ count: 2, cpu: 2, memory: 4 * gibibyte }],
});

const found = (capacity: Capacity, more = {}) =>
  findings('capacity', { ...web, capacity, ...more }).map(({ message, hint, severity, file }) => ({
    message,
    hint,
    severity,
    file,
  }));

test('what fits to the last thousandth is no finding', () => {
  assert.deepEqual(found(capacityOf(1.75, 3.5 * gibibyte)), []);
});

test('more than the nodes can give names the largest consumers, for each resource', () => {
  assert.deepEqual(found(capacityOf(1.8, 3.6 * gibibyte)), [
    {
      message: 'the pods request 4.1 cores of CPU, and the nodes can give 4 cores',
      hint: 'the largest: shop 3.6 cores, blog 0.5 cores; make them smaller (size, replicas, profile), turn a component off, or give nodes',
      severity: 'error',
      file: 'environments/home/cluster.libsonnet',
    },
    {
      message: 'the pods request 8.2 GiB of memory, and the nodes can give 8 GiB',
      hint: 'the largest: shop 7.2 GiB, blog 1 GiB; make them smaller (size, replicas, profile), turn a component off, or give nodes',
      severity: 'error',
      file: 'environments/home/cluster.libsonnet',
    },
  ]);
});

test('a pod that no node has room for, though all together have', () => {
  const capacity = capacityOf(1, gibibyte);
  capacity.workloads![1]!.memory = 5 * gibibyte;
  assert.deepEqual(
    found(capacity).map(({ message, hint }) => [message, hint]),
    [
      [
        'a pod of shop-server (shop) requests 5 GiB of memory, and no node can give more than 4 GiB',
        'make it smaller (components.shop.size), or give larger nodes',
      ],
    ],
  );
});

test('silent where the nodes are not known, where an app failed, and for other libraries that say less', () => {
  assert.deepEqual(found({ ...capacityOf(9, gibibyte), allocatable: null }), []);
  assert.deepEqual(findings('capacity', web), []);
  const { requested, allocatable } = capacityOf(9, gibibyte);
  assert.match(found({ requested, allocatable })[0]!.hint!, /^make them smaller/);
});
