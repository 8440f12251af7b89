// Dashboards on a few constructors, as Grafana 13 takes them. A component declares what it has in `dashboards`:
//
//   local grafana = import '../grafana/dashboard.libsonnet';
//   dashboards:: { Blog: { visitors: grafana.dashboard('blog-visitors', 'Visitors', [
//     grafana.row('Requests', [grafana.timeseries('Rate', 'req/s', [{ query: 'sum(rate(…[$__rate_interval]))', legend: 'all' }])]),
//   ]) } }
//
// Whatever else a panel needs is added to what a constructor returns.

local width = 24;

// The data source is a variable, so that a dashboard works with any Prometheus.
local datasource = { type: 'prometheus', uid: '${datasource}' };

local panel(type, title, unit, queries) = {
  type: type,
  title: title,
  datasource: datasource,
  fieldConfig: { defaults: { unit: unit }, overrides: [] },
  targets: [
    {
      datasource: datasource,
      expr: query.query,
      legendFormat: if std.objectHas(query, 'legend') then query.legend else '__auto',
      refId: std.char(65 + i),
    }
    for i in std.range(0, std.length(queries) - 1)
    for query in [queries[i]]
  ],
};

// Places the panels of a row beside each other, in equal widths.
local placed(row, y) =
  local count = std.length(row.panels);
  [{ type: 'row', title: row.title, collapsed: false, panels: [], gridPos: { x: 0, y: y, w: width, h: 1 } }] + [
    row.panels[i] { gridPos: { x: i * std.floor(width / count), y: y + 1, w: std.floor(width / count), h: row.height } }
    for i in std.range(0, count - 1)
  ];

{
  // row(title, panels, height=8) -> panels beside each other below a title.
  row(title, panels, height=8):: { title: title, panels: panels, height: height },

  // timeseries(title, unit, queries) -> lines over time. queries: [{ query, legend? }] in PromQL; unit: Grafana's, such as 'bytes'.
  timeseries(title, unit, queries):: panel('timeseries', title, unit, queries) {
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
  },

  // stat(title, unit, query) -> one number: what it is now.
  stat(title, unit, query):: panel('stat', title, unit, [{ query: query }]) {
    options: { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'none', graphMode: 'area' },
  },

  // table(title, unit, query) -> one line per series of an instant query.
  table(title, unit, query):: panel('table', title, unit, [{ query: query }]) {
    targets: [target { format: 'table', instant: true } for target in super.targets],
    transformations: [{ id: 'organize', options: { excludeByName: { Time: true } } }],
  },

  // dashboard(uid, title, rows, variables=[]) -> a dashboard with the variables `datasource` and `cluster` and those given.
  // uid: stable, at most 40 letters, digits, dashes and underscores.
  dashboard(uid, title, rows, variables=[]):: {
    uid: uid,
    title: title,
    schemaVersion: 41,
    editable: false,
    graphTooltip: 1,
    time: { from: 'now-3h', to: 'now' },
    refresh: '1m',
    tags: ['rekindle'],
    templating: { list: [
      { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
      $.variable('cluster', 'Cluster', 'label_values(up, cluster)'),
    ] + variables },
    panels:
      local heights = [row.height + 1 for row in rows];
      local place = std.foldl(function(all, height) all + [all[std.length(all) - 1] + height], heights, [0]);
      local all = std.flattenArrays([placed(rows[i], place[i]) for i in std.range(0, std.length(rows) - 1)]);
      [all[i] { id: i + 1 } for i in std.range(0, std.length(all) - 1)],
  },

  // variable(name, label, query) -> a variable that is filled by the data source.
  variable(name, label, query):: {
    name: name,
    label: label,
    type: 'query',
    datasource: datasource,
    query: { query: query, refId: name },
    refresh: 2,
    sort: 1,
  },
}
