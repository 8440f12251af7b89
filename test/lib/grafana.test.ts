import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors } from './collectors-cluster.ts';
import { container, find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

const settings = (text: string, extra = '{}', more = '') => collectors({ settings: { grafana: text }, extra, more });

const people = `{ signIn: {
  issuer: 'https://id.test.example', clientID: 'cluster', adminGroups: ['admins', 'owners'], viewerGroups: ['all'],
} }`;
const signIn = `{ signIn: {
  authURL: 'https://id.test.example/auth', tokenURL: 'https://id.test.example:8443/token', userInfoURL: 'https://id.test.example/me',
} }`;
const database = `{ database: { host: 'db.test.example', port: 5433, name: 'g', user: 'u', sslMode: 'verify-full' } }`;

const rendered = await evaluateAll({
  small: app('grafana', collectors()),
  tenants: app('grafana', settings('{}', `{ tenancy+: { enabled: true, tenant: 'me' } }`)),
  distributed: app('grafana', settings('{}', `{ profile: 'highly-available' }`)),
  available: app('grafana', settings(database, `{ profile: 'highly-available' }`)),
  signIn: app('grafana', settings(signIn, people)),
  onlyLoki: app('grafana', collectors({ off: ['mimir', 'tempo'] })),
  plugins: app(
    'grafana',
    settings(`{ plugins: ['grafana-lokiexplore-app', 'yesoreyeram-infinity-datasource@3.0.0'] }`),
  ),
  alerting: app(
    'grafana',
    settings(`{
      contactPoints: [{ orgId: 1, name: 'chat', receivers: [{ uid: 'chat', type: 'webhook', settings: { url: '$CHAT_URL' } }] }],
      notificationPolicy: { orgId: 1, receiver: 'chat' },
      notificationPorts: [8443],
      credentials: { CHAT_URL: { name: 'chat', key: 'url' } },
      smtp: { host: 'smtp.test.example', port: 587, from: 'grafana@test.example', user: 'grafana' },
      dataSources: [{ name: 'Other', type: 'prometheus', uid: 'other', url: 'https://elsewhere.test.example' }],
      anonymous: true,
    }`),
  ),
  // Two dashboards that together are too much for one ConfigMap, and a folder that another component has too.
  large: app(
    'grafana',
    settings(
      '{}',
      '{}',
      `blog: (
        local big(uid) = { uid: uid, title: uid, panels: [], description: std.repeat('x', 400 * 1024) };
        echo { name: 'blog', dashboards:: {
          'My Blog': { one: big('one'), two: big('two') },
          Cluster: { extra: { uid: 'extra', title: 'x', panels: [] } },
        } }
      ),`,
    ),
  ),
  secrets: `[s for s in (${settings(`${database} + ${signIn} + { credentials: { CHAT_URL: { name: 'chat', key: 'url' } } }`, people)}).secrets if s.component == 'grafana']`,
  ownSecrets: `[s for s in (${collectors()}).secrets if s.component == 'grafana']`,
});

const podOf = (manifests: any[]) => find(manifests, 'Deployment', 'grafana').spec.template.spec;
const file = (manifests: any[], name: string) =>
  JSON.parse(find(manifests, 'ConfigMap', 'grafana-provisioning').data[name]);
const source = (manifests: any[], uid: string) =>
  file(manifests, 'data-sources.yaml').datasources.find((one: any) => one.uid === uid);

/** grafana.ini, as { section: { key: value } }. */
const ini = (manifests: any[]): Record<string, Record<string, string>> => {
  const sections: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of find(manifests, 'ConfigMap', 'grafana').data['grafana.ini'].split('\n')) {
    if (line.startsWith('[')) sections[(section = line.slice(1, -1))] = {};
    else if (line !== '') sections[section]![line.split(' = ')[0]] = line.split(' = ').slice(1).join(' = ');
  }
  return sections;
};

test('stateless: what it writes goes with the pod, everything else is a ConfigMap; hardened', () => {
  const pod = podOf(rendered.small);
  assert.deepEqual(gapsOf(pod, 'Deployment'), []);
  const writable = pod.volumes.filter((v: any) => v.emptyDir !== undefined).map((v: any) => v.name);
  assert.deepEqual(writable, ['data', 'tmp']);
  assert.ok(pod.volumes.every((v: any) => v.persistentVolumeClaim === undefined));
  assert.equal(pod.securityContext.runAsUser, 472);
  assert.equal(find(rendered.small, 'Deployment', 'grafana').spec.replicas, 1);
});

test('the plugins of the image stay as they are: nothing is downloaded unless it is asked for', () => {
  assert.equal(ini(rendered.small)['plugins']!['preinstall_disabled'], 'true');
  assert.equal(ini(rendered.small)['plugins']!['preinstall_auto_update'], 'false');
  const { plugins } = ini(rendered.plugins);
  assert.equal(plugins!['preinstall_disabled'], 'false');
  assert.equal(plugins!['preinstall_auto_update'], 'false');
  assert.equal(plugins!['preinstall_sync'], 'grafana-lokiexplore-app,yesoreyeram-infinity-datasource@3.0.0');
  assert.ok(!plugins!['disable_plugins']!.includes('lokiexplore'));
  assert.match(plugins!['disable_plugins']!, /grafana-exploretraces-app/);
  const egress = (manifests: any[]) => JSON.stringify(find(manifests, 'NetworkPolicy', 'grafana').spec.egress);
  assert.ok(egress(rendered.plugins).includes('0.0.0.0/0'));
  assert.ok(!egress(rendered.small).includes('0.0.0.0/0'));
});

test('data sources: fixed UIDs, and links from each to the others', () => {
  const all = file(rendered.small, 'data-sources.yaml');
  assert.deepEqual(
    all.datasources.map((one: any) => [one.uid, one.type, one.url]),
    [
      ['mimir', 'prometheus', 'http://mimir.mimir.svc:8080/prometheus'],
      ['alertmanager', 'alertmanager', 'http://mimir.mimir.svc:8080'],
      ['loki', 'loki', 'http://loki.loki.svc:3100'],
      ['tempo', 'tempo', 'http://tempo.tempo.svc:3200'],
    ],
  );
  assert.equal(all.prune, true);
  const [mimir, loki, tempo] = ['mimir', 'loki', 'tempo'].map((uid) => source(rendered.small, uid).jsonData);
  assert.ok(mimir.exemplarTraceIdDestinations.every((to: any) => to.datasourceUid === 'tempo'));
  assert.equal(mimir.timeInterval, '1m');
  assert.equal(mimir.prometheusType, 'Mimir');
  assert.ok(loki.derivedFields.every((field: any) => field.datasourceUid === 'tempo'));
  assert.equal(tempo.tracesToLogsV2.datasourceUid, 'loki');
  assert.equal(tempo.tracesToMetrics.datasourceUid, 'mimir');
  assert.equal(tempo.serviceMap.datasourceUid, 'mimir');
});

test('the expression that finds a trace in a line of a log', () => {
  const { matcherRegex } = source(rendered.small, 'loki').jsonData.derivedFields[1];
  const expression = new RegExp(matcherRegex.replace('(?i)', ''), 'i');
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  for (const line of [
    `level=info traceID=${id} msg=x`,
    `{"trace_id":"${id}"}`,
    `TraceId: ${id}`,
    `"traceId" : "${id}"`,
  ])
    assert.equal(expression.exec(line)?.[1], id, line);
  for (const line of ['traceID=', 'a trace of something', 'traceID=none'])
    assert.equal(expression.exec(line), null, line);
});

test('a store that is off takes its data source, the links to it and the way to it along', () => {
  const all = file(rendered.onlyLoki, 'data-sources.yaml').datasources;
  assert.deepEqual(
    all.map((one: any) => one.uid),
    ['loki'],
  );
  assert.ok(!JSON.stringify(rendered.onlyLoki).includes('mimir'));
  assert.ok(!JSON.stringify(rendered.onlyLoki).includes('tempo'));
});

test('with tenants every request says whose it is', () => {
  for (const { jsonData, secureJsonData } of file(rendered.tenants, 'data-sources.yaml').datasources) {
    assert.equal(jsonData.httpHeaderName1, 'X-Scope-OrgID');
    assert.equal(secureJsonData.httpHeaderValue1, 'me');
  }
  for (const { jsonData } of file(rendered.small, 'data-sources.yaml').datasources)
    assert.equal(jsonData.httpHeaderName1, undefined);
});

test('rules are shown where the ruler answers beside queries, and not where it is a program apart', () => {
  for (const uid of ['mimir', 'loki']) {
    assert.equal(source(rendered.small, uid).jsonData.manageAlerts, true, uid);
    assert.equal(source(rendered.distributed, uid).jsonData.manageAlerts, false, uid);
  }
  assert.match(source(rendered.distributed, 'mimir').url, /query-frontend/);
  assert.match(source(rendered.distributed, 'alertmanager').url, /alertmanager/);
});

test('the administrator comes from a Secret, which nothing here holds', () => {
  const env = Object.fromEntries(
    container(find(rendered.small, 'Deployment', 'grafana'), 'server').env.map((e: any) => [e.name, e]),
  );
  assert.deepEqual(env.GF_SECURITY_ADMIN_PASSWORD.valueFrom, {
    secretKeyRef: { name: 'grafana', key: 'admin-password' },
  });
  // Both stores of secrets have a published default for this.
  for (const variable of ['GF_SECURITY_SECRET_KEY', 'GF_SECRETS_MANAGER_ENCRYPTION_SECRET_KEY_V1_SECRET_KEY'])
    assert.deepEqual(env[variable].valueFrom, { secretKeyRef: { name: 'grafana', key: 'secret-key' } });
  assert.ok(!rendered.small.some((m: any) => m.kind === 'Secret'));
  assert.deepEqual(
    rendered.ownSecrets.map((s: any) => [s.name, Object.keys(s.keys)]),
    [['grafana', ['admin-password', 'admin-user', 'secret-key']]],
  );
});

test('sign-in: the roles follow the groups, who is in none is not let in, and there is no administrator', () => {
  const config = ini(rendered.signIn);
  const oauth = config['auth.generic_oauth']!;
  assert.equal(
    oauth['role_attribute_path'],
    "(contains(groups[*], 'admins') || contains(groups[*], 'owners')) && 'GrafanaAdmin' || (contains(groups[*], 'all')) && 'Viewer' || 'None'",
  );
  assert.deepEqual(
    [oauth['client_id'], oauth['use_pkce'], oauth['role_attribute_strict'], oauth['scopes']],
    ['cluster', 'true', 'true', 'openid profile email groups'],
  );
  assert.equal(config['auth']!['disable_login_form'], 'true');
  assert.equal(config['auth.basic']!['enabled'], 'false');
  assert.equal(config['security']!['disable_initial_admin_creation'], 'true');
  const ports = find(rendered.signIn, 'NetworkPolicy', 'grafana').spec.egress.flatMap((rule: any) =>
    rule.ports.map((p: any) => p.port),
  );
  assert.ok(ports.includes(443) && ports.includes(8443));
  assert.equal(ini(rendered.small)['auth.generic_oauth'], undefined);
});

test('with a database two run, share it, and tell each other which alerts they have sent', () => {
  const config = ini(rendered.available);
  assert.equal(find(rendered.available, 'Deployment', 'grafana').spec.replicas, 2);
  assert.deepEqual(config['database'], {
    host: 'db.test.example:5433',
    name: 'g',
    ssl_mode: 'verify-full',
    type: 'postgres',
    user: 'u',
  });
  assert.equal(config['unified_alerting']!['ha_peers'], 'grafana-peers.grafana.svc:9094');
  assert.equal(find(rendered.available, 'Service', 'grafana-peers').spec.clusterIP, 'None');
  find(rendered.available, 'PodDisruptionBudget', 'grafana');
  assert.deepEqual(
    rendered.secrets.map((s: any) => [s.name, Object.keys(s.keys)]),
    [
      ['chat', ['url']],
      ['grafana', ['client-secret', 'database-password', 'secret-key']],
    ],
  );
  // Without one there is one in every profile.
  assert.equal(find(rendered.distributed, 'Deployment', 'grafana').spec.replicas, 1);
});

test('alerting, e-mail, further data sources and guests, as they are set', () => {
  const { contactPoints, policies } = file(rendered.alerting, 'alerting.yaml');
  assert.equal(contactPoints[0].receivers[0].settings.url, '$CHAT_URL');
  assert.deepEqual(policies, [{ orgId: 1, receiver: 'chat' }]);
  assert.equal(source(rendered.alerting, 'other').url, 'https://elsewhere.test.example');
  const config = ini(rendered.alerting);
  assert.equal(config['smtp']!['host'], 'smtp.test.example:587');
  assert.equal(config['auth.anonymous']!['enabled'], 'true');
  const env = container(find(rendered.alerting, 'Deployment', 'grafana'), 'server').env;
  assert.deepEqual(env.find((e: any) => e.name === 'CHAT_URL').valueFrom, {
    secretKeyRef: { name: 'chat', key: 'url' },
  });
  const ports = find(rendered.alerting, 'NetworkPolicy', 'grafana').spec.egress.flatMap((rule: any) =>
    rule.ports.map((p: any) => p.port),
  );
  assert.ok(ports.includes(587) && ports.includes(8443));
  assert.deepEqual(file(rendered.small, 'alerting.yaml'), { apiVersion: 1 });
});

test('dashboards: a folder is a volume, of as many ConfigMaps as it takes', () => {
  const maps = rendered.large.filter((m: any) => m.kind === 'ConfigMap' && m.metadata.name.includes('dashboards'));
  assert.deepEqual(
    maps.map((m: any) => [m.metadata.name, Object.keys(m.data)]),
    [
      ['grafana-dashboards-cluster-0', ['extra.json', 'overview.json']],
      ['grafana-dashboards-my-blog-0', ['one.json']],
      ['grafana-dashboards-my-blog-1', ['two.json']],
    ],
  );
  for (const { data } of maps) assert.ok(JSON.stringify(data).length < 2 ** 20);
  const volume = podOf(rendered.large).volumes.find((v: any) => v.name === 'dashboards-my-blog');
  assert.deepEqual(
    volume.projected.sources.map((s: any) => s.configMap.name),
    ['grafana-dashboards-my-blog-0', 'grafana-dashboards-my-blog-1'],
  );
  assert.deepEqual(
    file(rendered.large, 'dashboards.yaml').providers.map((p: any) => [p.folder, p.options.path]),
    [
      ['Cluster', '/etc/grafana/dashboards/cluster'],
      ['My Blog', '/etc/grafana/dashboards/my-blog'],
    ],
  );
  assert.equal(
    ini(rendered.small)['dashboards']!['default_home_dashboard_path'],
    '/etc/grafana/dashboards/cluster/overview.json',
  );
});

test('a change of dashboards restarts nothing, one of data sources does', () => {
  const hash = (manifests: any[]) =>
    find(manifests, 'Deployment', 'grafana').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hash(rendered.small), hash(rendered.tenants));
});

test('published with TLS and websockets; its metrics are not', () => {
  const proxy = find(rendered.small, 'HTTPProxy', 'grafana-web');
  assert.equal(proxy.spec.virtualhost.fqdn, 'grafana.test.example');
  assert.equal(proxy.spec.virtualhost.tls.secretName, 'grafana.test.example');
  const [web, metrics] = proxy.spec.routes;
  assert.equal(web.enableWebsockets, true);
  assert.deepEqual(metrics.conditions, [{ exact: '/metrics' }]);
  assert.equal(metrics.directResponsePolicy.statusCode, 404);
});
