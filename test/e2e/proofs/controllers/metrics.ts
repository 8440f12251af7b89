// Metrics are where each component says that they are scraped (`scrape` in lib/component).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from '../../report.ts';
import { evaluateIn } from './evaluate.ts';
import type { Stage } from './stage.ts';

interface Target {
  namespace: string;
  workload: string;
  port: number;
  path: string;
}

// Of the component's own declarations: the port's number and the workload's name are what NetworkPolicies are made from.
const targetsOf = (component: string): string => `
  local component = cluster.get('${component}');
  [
    {
      namespace: component.namespace,
      workload: component.workloadName(target.workload),
      port: component.workload(target.workload).ports[target.port],
      path: if std.objectHas(target, 'path') then target.path else '/metrics',
    }
    for target in component.scrape
  ]`;

/** Registers the test. The programs of the components run by then. */
export function proveMetrics(stage: Stage, components: readonly string[]): void {
  test('metrics of each program are where its component says, and are Prometheus text', async () => {
    let scraped = 0;
    let total = 0;
    for (const component of components.filter((name) => stage.manifests(name).length > 0)) {
      for (const target of await evaluateIn<Target[]>(stage.environment, targetsOf(component))) {
        const pods = stage.running.filter(
          ({ pod: { metadata } }) =>
            metadata.namespace === target.namespace && metadata.labels?.['app.kubernetes.io/name'] === target.workload,
        );
        assert.ok(pods.length > 0, `${target.workload} runs`);
        for (const { pod } of pods) {
          total += 1;
          const url = `http://${pod.status.podIP}:${target.port}${target.path}`;
          const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
          assert.equal(answer.status, 200, url);
          assert.match(await answer.text(), /^# TYPE \S+ (counter|gauge|histogram)$/m, url);
          scraped += 1;
        }
      }
    }
    report.count('metrics scraped', scraped, total);
  });
}
