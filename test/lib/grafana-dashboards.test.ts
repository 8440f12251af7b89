// What every dashboard of ours must hold, and what the constructors make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectors } from './collectors-cluster.ts';
import { evaluateAll } from './evaluate.ts';

// Those that Grafana 13 has without a plugin. What was written for Angular (graph, singlestat, table-old) is gone since 12.
const panelTypes = new Set([
  'bargauge',
  'barchart',
  'gauge',
  'heatmap',
  'histogram',
  'logs',
  'nodeGraph',
  'piechart',
  'row',
  'stat',
  'state-timeline',
  'status-history',
  'table',
  'text',
  'timeseries',
  'traces',
]);

const { provisioned, made } = await evaluateAll({
  provisioned: `(${collectors()}).get('grafana').provisioned`,
  made: `
    local grafana = import 'grafana/dashboard.libsonnet';
    grafana.dashboard('x', 'X', [
      grafana.row('One', [grafana.stat('a', 'short', 'up'), grafana.timeseries('b', 'bytes', [{ query: 'up', legend: '{{job}}' }, { query: 'down' }])], height=4),
      grafana.row('Two', [grafana.table('c', 'short', 'up')]),
    ], [grafana.variable('namespace', 'Namespace', 'label_values(up, namespace)')])
  `,
});

const areas = (panels: any[]) => panels.map(({ gridPos }) => gridPos);
const overlap = (a: any, b: any) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test('rows one below the other, their panels side by side', () => {
  assert.deepEqual(areas(made.panels), [
    { x: 0, y: 0, w: 24, h: 1 },
    { x: 0, y: 1, w: 12, h: 4 },
    { x: 12, y: 1, w: 12, h: 4 },
    { x: 0, y: 5, w: 24, h: 1 },
    { x: 0, y: 6, w: 24, h: 8 },
  ]);
  assert.deepEqual(
    made.panels.map((p: any) => [p.id, p.type]),
    [
      [1, 'row'],
      [2, 'stat'],
      [3, 'timeseries'],
      [4, 'row'],
      [5, 'table'],
    ],
  );
  assert.deepEqual(
    made.panels[2].targets.map((t: any) => [t.refId, t.expr, t.legendFormat]),
    [
      ['A', 'up', '{{job}}'],
      ['B', 'down', '__auto'],
    ],
  );
  assert.deepEqual(
    made.templating.list.map((v: any) => v.name),
    ['datasource', 'cluster', 'namespace'],
  );
});

test('every dashboard: panels that Grafana 13 has, that do not overlap, and a data source that can be chosen', () => {
  assert.ok(provisioned.length > 0);
  for (const { folder, file, dashboard } of provisioned) {
    const name = `${folder}/${file}`;
    const { panels, templating } = dashboard;
    assert.ok(panels.length > 5, name);
    for (const panel of panels) {
      assert.ok(panelTypes.has(panel.type), `${name}: ${panel.title} is a ${panel.type}`);
      assert.match(panel.datasource?.uid ?? '${datasource}', /^\$\{\w+\}$/, `${name}: ${panel.title}`);
    }
    assert.equal(new Set(panels.map((p: any) => p.id)).size, panels.length, name);
    const placed = areas(panels);
    placed.forEach((area, i) =>
      placed
        .slice(i + 1)
        .forEach((other) => assert.ok(!overlap(area, other), `${name}: ${JSON.stringify([area, other])}`)),
    );
    assert.ok(
      templating.list.some((v: any) => v.name === 'datasource' && v.type === 'datasource'),
      name,
    );
  }
});
