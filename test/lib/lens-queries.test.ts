// What Lens and Headlamp ask is answered by what the collectors of every environment write.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { collectedSeries, sample, type Collectors, type Labels } from './collected-series.ts';
import { evaluate } from './evaluate.ts';
import { lensQueries } from './lens-queries.ts';
import { mistakesIn } from './query-languages.ts';
import { matches, selectorsOf } from './selectors.ts';

const root = path.resolve(import.meta.dirname, '../..');

const queries = lensQueries({ nodes: sample.node, pods: sample.pod, namespace: sample.namespace, pvc: sample.pvc });

/** Queries without an answer here, with the reason. */
const otherController = 'Contour serves Ingresses here; Lens knows the controller of nginx alone.';
const unanswered: Record<string, string> = {
  'ingress: bytesSentFailure': otherController,
  'ingress: bytesSentSuccess': otherController,
  'ingress: requestDurationSeconds': otherController,
  'ingress: responseDurationSeconds': otherController,
};

/** Grouping by these makes one group of everything, which is what is shown. */
const groupsOfOne = ['component'];

const collectorsOf = (env: string): Promise<Collectors> =>
  evaluate(`
    local cluster = import '${root}/environments/${env}/cluster.libsonnet';
    local container(name, kind, wanted) = [
      c
      for m in cluster.manifests(name)
      if m.kind == kind
      for c in m.spec.template.spec.containers
      if c.name == wanted
    ][0];
    local kubeStateMetrics = cluster.get('kube-state-metrics');
    {
      node: cluster.get('alloy-node').config.metrics,
      components: cluster.get('alloy').config.components,
      nodeExporterArgs: container('alloy-node', 'DaemonSet', 'node-exporter').args,
      kubeStateMetricsArgs: container('kube-state-metrics', 'Deployment', 'server').args,
      kubeStateMetricsPod: {
        namespace: kubeStateMetrics.namespace,
        labels: [m for m in cluster.manifests('kube-state-metrics') if m.kind == 'Deployment'][0].spec.template.metadata.labels,
      },
      drop: cluster.get('alloy').dropMetrics + cluster.get('alloy-node').dropMetrics,
    }
  `);

/** What of a query no series answers: selectors that find nothing, labels that what they find doesn't have. */
const gaps = (query: string, series: Labels[]): string[] => {
  const { selectors, grouping } = selectorsOf(query);
  const found = selectors.map((matchers) => series.filter((one) => matches(one, matchers)));
  const missing = selectors.flatMap((matchers, i) => {
    if (found[i]!.length === 0) return [`nothing is ${JSON.stringify(matchers)}`];
    return matchers
      .filter(({ label }) => !found[i]!.some((one) => label in one) && !groupsOfOne.includes(label))
      .map(({ label }) => `${found[i]![0]!['__name__']} has no label ${label}`);
  });
  const ungrouped = grouping
    .filter((label) => !groupsOfOne.includes(label) && !found.flat().some((one) => label in one))
    .map((label) => `nothing has the label ${label} to group by`);
  return [...missing, ...ungrouped];
};

test('every query parses, and names what it is about', () => {
  assert.ok(Object.keys(queries).length >= 80, `${Object.keys(queries).length}`);
  for (const [name, query] of Object.entries(queries)) {
    assert.deepEqual(mistakesIn('PromQL', query), [], name);
    assert.notDeepEqual(selectorsOf(query).selectors, [], name);
  }
});

for (const env of readdirSync(path.join(root, 'environments'))) {
  test(`${env}: every query is answered but for those with a reason`, async (t) => {
    const series = collectedSeries(await collectorsOf(env));
    const without = Object.entries(queries).flatMap(([name, query]) => {
      const found = gaps(query, series);
      return found.length === 0 ? [] : [{ name, found }];
    });
    assert.deepEqual(
      without.filter(({ name }) => !(name in unanswered)),
      [],
    );
    assert.deepEqual(without.map(({ name }) => name).sort(), Object.keys(unanswered).sort());
    t.diagnostic(`${Object.keys(queries).length - without.length} of ${Object.keys(queries).length} queries`);
  });
}

test('the check notices what is missing: a metric that is dropped, a collector that is off, a label that is gone', async () => {
  const collectors = await collectorsOf('home');
  const named = (name: string, changed: Collectors): string[] => gaps(queries[name]!, collectedSeries(changed));
  assert.match(named('pod: fsUsage', { ...collectors, drop: ['container_fs_.+'] })[0]!, /container_fs_usage_bytes/);
  const nodeExporterArgs = collectors.nodeExporterArgs.filter((arg) => arg !== '--collector.meminfo');
  assert.equal(named('nodes: memoryUsage', { ...collectors, nodeExporterArgs }).length, 5);
  assert.match(
    named('cluster: cpuCapacity', { ...collectors, kubeStateMetricsArgs: ['--resources=pods'] })[0]!,
    /kube_node_status_capacity/,
  );
  const scrape = structuredClone(collectors.node);
  delete scrape['prometheus.scrape "node"'].targets[0].$map.node;
  assert.deepEqual(named('nodes: cpuUsage', { ...collectors, node: scrape }), [
    'nothing has the label node to group by',
  ]);
  const unhonored = structuredClone(collectors.components);
  unhonored['prometheus.scrape "http_metrics_labels_honored"'].honor_labels = false;
  assert.match(
    named('pod: cpuRequests', { ...collectors, components: unhonored })[0]!,
    /kube_pod_container_resource_requests/,
  );
});
