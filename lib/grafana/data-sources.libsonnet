// Data sources for the stores that are on, with fixed UIDs, and the links from each to the others: from a log line or an
// exemplar to its trace, from a span to the logs of its pod and to its metrics.

// A dollar sign that Grafana should see, and not take for a variable of its own environment.
local escaped(text) = std.strReplace(text, '$', '$$');

local store(this, name) = if this.cluster.has(name) then this.cluster.get(name) else null;

// The tenant as a header that is added to each request; its value counts as secret to Grafana.
local tenant(component) = if component.tenantHeader == null then {} else {
  jsonData+: { httpHeaderName1: component.tenantHeader.name },
  secureJsonData: { httpHeaderValue1: component.tenantHeader.value },
};

local source(name, type, uid, url, component) = {
  name: name,
  type: type,
  uid: uid,
  url: url,
  access: 'proxy',
  editable: false,
  jsonData: {},
} + tenant(component);

// Rules can be shown where the ruler answers at the same address as queries do: not where they are programs apart.
local showsRules(component) = component.address('ruler') == component.address('query');

local metrics(this, mimir) = source('Metrics', 'prometheus', this.dataSourceUIDs.mimir, mimir.queryURL, mimir) {
  isDefault: true,
  jsonData+: {
    prometheusType: 'Mimir',
    httpMethod: 'POST',
    cacheLevel: 'High',
    [if this.cluster.has('alloy') then 'timeInterval']: this.cluster.get('alloy').scrapeInterval,
    manageAlerts: showsRules(mimir),
    alertmanagerUid: this.dataSourceUIDs.alertmanager,
    [if this.cluster.has('tempo') then 'exemplarTraceIdDestinations']: [
      { name: name, datasourceUid: this.dataSourceUIDs.tempo }
      for name in ['trace_id', 'traceID']
    ],
  },
};

local alertmanager(this, mimir) = source('Alertmanager', 'alertmanager', this.dataSourceUIDs.alertmanager, 'http://' + mimir.address('alertmanager'), mimir) {
  jsonData+: { implementation: 'mimir', handleGrafanaManagedAlerts: false },
};

local logs(this, loki) = source('Logs', 'loki', this.dataSourceUIDs.loki, loki.queryURL, loki) {
  jsonData+: {
    maxLines: 1000,
    manageAlerts: showsRules(loki),
    [if this.cluster.has('mimir') then 'alertmanagerUid']: this.dataSourceUIDs.alertmanager,
    [if this.cluster.has('tempo') then 'derivedFields']: [
      // What OTLP brings along, and what programs write into their lines.
      { name: 'trace', matcherType: 'label', matcherRegex: 'trace_id', url: escaped('${__value.raw}'), datasourceUid: this.dataSourceUIDs.tempo },
      {
        name: 'traceID',
        matcherRegex: '(?i)trace_?id["\\s:=]+"?([0-9a-f]{16,32})\\b',
        url: escaped('${__value.raw}'),
        datasourceUid: this.dataSourceUIDs.tempo,
      },
    ],
  },
};

local traces(this, tempo) = source('Traces', 'tempo', this.dataSourceUIDs.tempo, tempo.queryURL, tempo) {
  local mimir = this.cluster.has('mimir'),
  local tags = [{ key: 'service.name', value: 'service' }],
  jsonData+: {
    nodeGraph: { enabled: true },
    [if this.cluster.has('loki') then 'tracesToLogsV2']: {
      datasourceUid: this.dataSourceUIDs.loki,
      spanStartTimeShift: '-5m',
      spanEndTimeShift: '5m',
      customQuery: true,
      query: escaped('{namespace="${__span.tags["k8s.namespace.name"]}", pod="${__span.tags["k8s.pod.name"]}"}'),
    },
    // What Tempo's metrics-generator makes of spans.
    [if mimir then 'tracesToMetrics']: {
      datasourceUid: this.dataSourceUIDs.mimir,
      spanStartTimeShift: '-30m',
      spanEndTimeShift: '30m',
      tags: tags,
      queries: [
        { name: 'Requests', query: escaped('sum(rate(traces_spanmetrics_calls_total{$__tags}[5m]))') },
        { name: 'Errors', query: escaped('sum(rate(traces_spanmetrics_calls_total{$__tags, status_code="STATUS_CODE_ERROR"}[5m]))') },
        { name: 'Duration (p95)', query: escaped('histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{$__tags}[5m])))') },
      ],
    },
    [if mimir then 'serviceMap']: { datasourceUid: this.dataSourceUIDs.mimir },
  },
};

{
  // all(this) -> [data source], in the form of a provisioning file.
  all(this)::
    local mimir = store(this, 'mimir');
    local loki = store(this, 'loki');
    local tempo = store(this, 'tempo');
    (if mimir == null then [] else [metrics(this, mimir), alertmanager(this, mimir)])
    + (if loki == null then [] else [logs(this, loki)])
    + (if tempo == null then [] else [traces(this, tempo)])
    + this.dataSources,

  // calls(this) -> the calls that these make.
  calls(this):: std.flattenArrays([
    local component = store(this, name);
    if component == null then [] else [
      component.calledBy('server', purpose)
      for purpose in ['query'] + (if name == 'mimir' then ['alertmanager'] else [])
    ]
    for name in ['mimir', 'loki', 'tempo']
  ]),
}
