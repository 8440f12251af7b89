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
const targetsOf = (component: string, settings: unknown): string => `
  local component = (cluster + { components+: { '${component}'+: ${JSON.stringify(settings)} } }).get('${component}');
  [
    {
      namespace: component.namespace,
      workload: component.workloadName(target.workload),
      port: component.workload(target.workload).ports[target.port],
      path: if std.objectHas(target, 'path') then target.path else '/metrics',
    }
    for target in component.scrape
  ]`;

/** Registers the test. The programs of the components run by then, with these settings on top of the environment's. */
export function proveMetrics(stage: Stage, components: Readonly<Record<string, object>>): void {
  test('metrics of each program are where its component says, and are Prometheus text', async () => {
    let scraped = 0;
    let total = 0;
    for (const [component, settings] of Object.entries(components)) {
      if (stage.manifests(component).length === 0) continue;
      for (const target of await evaluateIn<Target[]>(stage.environment, targetsOf(component, settings))) {
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
