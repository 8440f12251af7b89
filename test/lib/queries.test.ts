// Every query in dashboards, rules and links between data sources is well-formed.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { mistakesIn, variableQuery, type QueryLanguage } from './query-languages.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('the grammars refuse what is not well-formed, and take what Grafana puts its variables into', () => {
  const wrong: [QueryLanguage, string][] = [
    ['PromQL', 'sum(rate(http_requests_total[5m])'],
    ['PromQL', 'up{job=}'],
    ['PromQL', ' '],
    ['LogQL', '{namespace="x"} |= '],
    ['LogQL', 'sum(count_over_time({a="b"}[5m])'],
    ['TraceQL', '{ .service.name = }'],
  ];
  for (const [language, query] of wrong) assert.notDeepEqual(mistakesIn(language, query), [], query);
  const right: [QueryLanguage, string][] = [
    ['PromQL', 'sum by (le) (rate(x_bucket{cluster="$cluster", $__tags}[$__rate_interval]))'],
    ['LogQL', '{pod="${__span.tags["k8s.pod.name"]}"} |= "error" | json'],
    ['LogQL', 'sum by (job) (rate({job=~".+"}[$__auto]))'],
    ['TraceQL', '{ resource.service.name = "$service" && duration > 1s }'],
  ];
  for (const [language, query] of right) assert.deepEqual(mistakesIn(language, query), [], query);
});

interface Found {
  where: string;
  language: QueryLanguage;
  query: string;
}

const languageOf = (type: string): QueryLanguage => {
  const languages: Record<string, QueryLanguage> = { loki: 'LogQL', prometheus: 'PromQL', tempo: 'TraceQL' };
  const language = languages[type];
  assert.ok(language !== undefined, `a panel of the data source "${type}": teach this test its language`);
  return language;
};

const ofDashboard = (name: string, { panels, templating }: any): Found[] => [
  ...panels.flatMap(({ title, targets = [], panels: inner = [], datasource }: any) => [
    ...targets.map((target: any) => ({
      where: `${name}: ${title}`,
      language: languageOf((target.datasource ?? datasource).type),
      query: target.expr ?? target.query,
    })),
    ...ofDashboard(name, { panels: inner }),
  ]),
  ...(templating?.list ?? [])
    .filter(({ type }: any) => type === 'query')
    .map((variable: any) => ({
      where: `${name}: variable ${variable.name}`,
      language: languageOf(variable.datasource.type),
      query: variableQuery(variable.query.query ?? variable.query),
    })),
];

const ofRules = (name: string, language: QueryLanguage, groups: any[]): Found[] =>
  groups.flatMap((group) =>
    group.rules.map((rule: any) => ({
      where: `${name}: ${rule.alert ?? rule.record}`,
      language,
      query: rule.expr,
    })),
  );

// In a provisioning file a dollar sign is written twice.
const ofDataSource = ({ name, jsonData }: any): Found[] =>
  [
    ...(jsonData.tracesToLogsV2?.customQuery
      ? [{ where: `${name}: to logs`, language: 'LogQL' as const, query: jsonData.tracesToLogsV2.query }]
      : []),
    ...(jsonData.tracesToMetrics?.queries ?? []).map((query: any) => ({
      where: `${name}: to metrics: ${query.name}`,
      language: 'PromQL' as const,
      query: query.query,
    })),
  ].map((found) => ({ ...found, query: found.query.replaceAll('$$', '$') }));

for (const env of readdirSync(path.join(root, 'environments'))) {
  test(`${env}: every query parses`, async (t) => {
    const { dashboards, rules, dataSources } = await evaluate(`
      local cluster = import '${root}/environments/${env}/cluster.libsonnet';
      {
        dashboards: cluster.get('grafana').provisioned,
        rules: [
          { name: name, ruler: ruler, groups: cluster.enabled[name].ruleGroups[ruler] }
          for name in std.objectFields(cluster.enabled)
          for ruler in ['metrics', 'logs']
        ],
        dataSources: (import 'grafana/data-sources.libsonnet').all(cluster.get('grafana')),
      }
    `);
    const found: Found[] = [
      ...dashboards.flatMap(({ folder, file, dashboard }: any) => ofDashboard(`${folder}/${file}`, dashboard)),
      ...rules.flatMap(({ name, ruler, groups }: any) =>
        ofRules(`${name} (${ruler})`, ruler === 'logs' ? 'LogQL' : 'PromQL', groups),
      ),
      ...dataSources.flatMap(ofDataSource),
    ];
    const wrong = found.flatMap(({ where, language, query }) =>
      mistakesIn(language, query).map((mistake) => `${where}: ${mistake} in ${query}`),
    );
    assert.deepEqual(wrong, []);
    assert.ok(found.length > 20, `${found.length} queries`);
    t.diagnostic(`${found.length} queries`);
  });
}
