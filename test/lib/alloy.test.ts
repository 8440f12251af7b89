import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors, configOf, everything, problemsOf } from './collectors-cluster.ts';
import { find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { allows, type NetworkPolicy } from './network-policy.ts';

const highlyAvailable = { extra: `{ profile: 'highly-available' }` };
const blog = `blog: echo {
  name: 'blog',
  scrape:: [{ workload: 'server', port: 'http', path: '/internal/metrics', scheme: 'https' }],
  ruleGroups+: { logs: [{ name: 'blog', rules: [{ alert: 'Panics', expr: 'sum(rate({job="blog/blog"} |= "panic" [5m])) > 0' }] }] },
},`;
const withBlog = collectors({ more: blog });
const withoutBlog = collectors({ more: blog.replace("name: 'blog',", "name: 'blog', enabled: false,") });
const noMimir = collectors({ off: ['mimir'] });
const noLoki = collectors({ off: ['loki'] });

const rendered = await evaluateAll({
  small: app('alloy', collectors()),
  files: configOf('alloy', collectors()),
  everything: configOf('alloy', collectors(everything)),
  available: app('alloy', collectors(highlyAvailable)),
  blog: app('alloy', withBlog),
  blogFiles: configOf('alloy', withBlog),
  withoutBlog: app('alloy', withoutBlog),
  noMimir: app('alloy', noMimir),
  noLoki: app('alloy', noLoki),
  blogPolicies: `[m for m in (${withBlog}).manifests('blog') if m.kind == 'NetworkPolicy']`,
  ground: `[m.metadata.name for m in ${app('cluster', collectors())} if m.kind == 'CustomResourceDefinition']`,
  printed: `(import 'alloy/syntax.libsonnet').print({
    local alloy = import 'alloy/syntax.libsonnet',
    'a "b"': [{ text: 'a "quoted"\\n', number: 1, yes: true, none: null }, { rule: [{ x: 1 }, {}] }, { block: { list: ['a', alloy.expression('b.c')] } }],
    c: { map: alloy.map({ 'x-y': alloy.expression('sys.env("Z")') }), empty: [] },
  })`,
  wiring: `local c = ${collectors()}; [c.get('alloy').otlpGRPC, c.get('alloy').otlpHTTP, c.get('alloy').collector]`,
  waves: `(${collectors()}).waves`,
  interval: problemsOf('alloy', collectors({ settings: { alloy: `{ scrapeInterval: '10s' }` } })),
  nothing: problemsOf('alloy', collectors({ off: ['loki', 'mimir', 'tempo'] })),
});

const configMap = (manifests: any[]) => find(manifests, 'ConfigMap', 'alloy').data;
const podOf = (manifests: any[]) => find(manifests, 'Deployment', 'alloy').spec.template.spec;
const argsOf = (manifests: any[]): string[] => podOf(manifests).containers[0].args;

/** The text of one block, up to the brace that ends it. */
const block = (text: string, header: string): string => {
  const start = text.indexOf(`${header} {`);
  assert.notEqual(start, -1, header);
  return text.slice(start, text.indexOf('\n}', start) + 2);
};

test('objects become blocks, arguments, maps and repeated blocks; null is left out', () => {
  assert.equal(
    rendered.printed,
    `a "b" {
  number = 1
  text = "a \\"quoted\\"\\n"
  yes = true
  rule {
    x = 1
  }
  rule { }
  block {
    list = ["a", b.c]
  }
}

c {
  empty = []
  map = { "x-y" = sys.env("Z") }
}
`,
  );
});

test('every component that declares `scrape` is a target, by namespace, instance, name and port of its pods', () => {
  const targets = block(rendered.files['components.alloy'], 'discovery.relabel "http_metrics"');
  for (const pod of [
    'alloy;alloy;alloy;http',
    'alloy-node;alloy-node;alloy-node;http',
    'cert-manager;cert-manager;cert-manager-webhook;metrics',
    'contour;contour;contour;metrics',
    'grafana;grafana;grafana;http',
    'kube-state-metrics;kube-state-metrics;kube-state-metrics;telemetry',
    'mimir;mimir;mimir;http',
  ])
    assert.ok(targets.includes(pod), pod);
  assert.match(
    block(rendered.files['components.alloy'], 'discovery.relabel "http_metrics_labels_honored"'),
    /"kube-state-metrics;kube-state-metrics;kube-state-metrics;metrics"/,
  );
  assert.match(
    block(rendered.files['components.alloy'], 'prometheus.scrape "http_metrics_labels_honored"'),
    /honor_labels = true/,
  );
  const jobs = block(rendered.files['components.alloy'], 'discovery.relabel "components"');
  assert.match(
    jobs,
    /separator = "\/"\n\s+source_labels = \["namespace", "__meta_kubernetes_pod_label_app_kubernetes_io_name"\]\n\s+target_label = "job"/,
  );
});

test('a path and a scheme of its own make a scrape of its own; certificates of pods are not checked', () => {
  const scrape = block(rendered.blogFiles['components.alloy'], 'prometheus.scrape "https_internal_metrics"');
  assert.match(scrape, /metrics_path = "\/internal\/metrics"/);
  assert.match(scrape, /insecure_skip_verify = true/);
  assert.match(
    block(rendered.blogFiles['components.alloy'], 'discovery.relabel "https_internal_metrics"'),
    /regex = "blog;blog;blog;http"/,
  );
});

test('a component that is off takes its target, its rules and the way to it along', () => {
  assert.ok(!JSON.stringify(rendered.withoutBlog).includes('blog'));
  const policies = [...rendered.blog, ...rendered.blogPolicies].filter(
    (m: any) => m.kind === 'NetworkPolicy',
  ) as NetworkPolicy[];
  const pod = (name: string) => ({
    pod: { namespace: name, labels: { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name } },
  });
  assert.ok(allows(policies, pod('alloy'), pod('blog'), { port: 8080, protocol: 'TCP' }));
  assert.ok(!allows(policies, pod('stranger'), pod('blog'), { port: 8080, protocol: 'TCP' }));
});

test('signals bear the cluster, and the tenant where there are tenants', () => {
  assert.match(rendered.files['stores.alloy'], /external_labels = \{ "cluster" = "test" \}/);
  assert.ok(!JSON.stringify(rendered.files).includes('X-Scope-OrgID'));
  assert.match(block(rendered.files['otlp.alloy'], 'otelcol.processor.transform "cluster"'), /k8s\.cluster\.name/);
  const stores = rendered.everything['stores.alloy'];
  assert.match(block(stores, 'prometheus.remote_write "mimir"'), /headers = \{ "X-Scope-OrgID" = "me" \}/);
  assert.match(block(stores, 'loki.write "loki"'), /tenant_id = "me"/);
  assert.match(
    block(rendered.everything['otlp.alloy'], 'otelcol.exporter.otlp "tempo"'),
    /headers = \{ "X-Scope-OrgID" = "me" \}/,
  );
  for (const ruler of ['mimir', 'loki'])
    assert.match(block(rendered.everything['rules.alloy'], `${ruler}.rules.kubernetes "${ruler}"`), /tenant_id = "me"/);
});

test('settings: interval, metrics that are dropped, annotated pods, further configuration', () => {
  const files = rendered.everything;
  assert.ok(!files['components.alloy'].includes('scrape_interval = "1m"'));
  assert.match(files['stores.alloy'], /regex = "go_\.\+\|process_\.\+"/);
  assert.match(files['extra.alloy'], /prometheus\.exporter\.self/);
  assert.match(block(files['kubernetes.alloy'], 'discovery.relabel "annotated_pods"'), /action = "keepequal"/);
  assert.ok(!rendered.files['kubernetes.alloy'].includes('annotated_pods'));
});

test('without Mimir there is nothing to scrape for, without Loki no events, and what remains points at nothing else', () => {
  const files = { noMimir: configMap(rendered.noMimir), noLoki: configMap(rendered.noLoki) };
  assert.deepEqual(Object.keys(files.noMimir).sort(), [
    'events.alloy',
    'logging.alloy',
    'otlp.alloy',
    'rules.alloy',
    'stores.alloy',
  ]);
  assert.ok(!Object.values(files.noMimir).join('').includes('mimir'));
  assert.equal(files.noLoki['events.alloy'], undefined);
  assert.ok(!Object.values(files.noLoki).join('').includes('loki'));
  const rules = (manifests: any[]) => find(manifests, 'ClusterRole', 'alloy').rules;
  assert.ok(!JSON.stringify(rules(rendered.noMimir)).includes('/metrics'));
  assert.ok(!JSON.stringify(rules(rendered.noLoki)).includes('events'));
});

test('rules from Git: one PrometheusRule per component and ruler, chosen by a label, and their definition', () => {
  const rules = rendered.blog.filter((m: any) => m.kind === 'PrometheusRule');
  assert.deepEqual(
    rules.map((m: any) => [m.metadata.name, m.metadata.labels['rekindle/ruler']]),
    [
      ['blog-logs', 'loki'],
      ['alloy-metrics', 'mimir'],
    ],
  );
  assert.equal(rules[0].spec.groups[0].rules[0].alert, 'Panics');
  assert.match(
    block(rendered.files['rules.alloy'], 'mimir.rules.kubernetes "mimir"'),
    /match_labels = \{ "rekindle\/ruler" = "mimir" \}/,
  );
  assert.deepEqual(
    rendered.noMimir.filter((m: any) => m.kind === 'PrometheusRule'),
    [],
  );
  assert.ok(rendered.ground.includes('prometheusrules.monitoring.coreos.com'));
});

test('highly-available: two share the work, and find each other before they are ready', () => {
  const { available, small } = rendered;
  assert.equal(find(available, 'Deployment', 'alloy').spec.replicas, 2);
  assert.ok(argsOf(available).includes('--cluster.join-addresses=alloy-peers.alloy.svc:12345'));
  assert.ok(argsOf(available).includes('--cluster.enabled=true'));
  assert.equal(find(available, 'Service', 'alloy-peers').spec.publishNotReadyAddresses, true);
  find(available, 'PodDisruptionBudget', 'alloy');
  assert.ok(!argsOf(small).some((flag) => flag.startsWith('--cluster')));
  // Whatever must happen once says that it shares its work.
  const files = configMap(available);
  for (const [file, header] of [
    ['components.alloy', 'prometheus.scrape "http_metrics"'],
    ['kubernetes.alloy', 'prometheus.scrape "api_server"'],
    ['kubernetes.alloy', 'prometheus.scrape "dns"'],
    ['events.alloy', 'loki.source.kubernetes_events "events"'],
  ] as const)
    assert.match(block(files[file], header), /clustering \{\n\s+enabled = true/);
});

test('a change of the configuration restarts it; it says nothing to anybody outside', () => {
  const hash = (manifests: any[]) =>
    find(manifests, 'Deployment', 'alloy').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hash(rendered.small), hash(rendered.blog));
  assert.ok(argsOf(rendered.small).includes('--disable-reporting'));
  assert.ok(argsOf(rendered.small).includes('--server.http.enable-pprof=false'));
  assert.equal(podOf(rendered.small).securityContext.runAsUser, 473);
});

test('wiring: where programs send OTLP, who scrapes, and it comes after the stores', () => {
  assert.deepEqual(rendered.wiring, ['alloy.alloy.svc:4317', 'http://alloy.alloy.svc:4318', 'collector']);
  for (const store of ['loki', 'mimir', 'tempo']) assert.ok(rendered.waves.alloy > rendered.waves[store], store);
});

test('refused: intervals shorter than a scrape, and a collector that stores nothing', () => {
  assert.deepEqual(rendered.interval, [
    'test: components.alloy.scrapeInterval: 10s is below 15s: a scrape may take 10s',
  ]);
  assert.match(rendered.nothing[0], /enabled: loki, mimir and tempo are off/);
});
