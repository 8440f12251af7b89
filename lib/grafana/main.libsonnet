// Grafana: shows metrics, logs and traces. What it shows comes from Git: it keeps nothing, unless it is given a database.
local component = import '../component/main.libsonnet';
local peers = import '../component/peers.libsonnet';
local versions = import '../versions.json';
local dataSources = import 'data-sources.libsonnet';
local dashboards = import 'provisioned-dashboards.libsonnet';
local secrets = import 'secrets.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'grafana',
  image:: versions.grafana,

  // Each keeps its sign-ins for itself where there is no database to share them.
  replicas: { server: if this.highlyAvailable && this.database != null then 2 else 1 },

  // Upstream asks for nothing; with a handful of people and dashboards it takes some 150 MiB.
  size: {
    server: if this.highlyAvailable then { cpu: '100m', memory: '256Mi', memoryLimit: '768Mi' } else { cpu: '30m', memory: '160Mi', memoryLimit: '512Mi' },
  },

  // ---- wiring ----

  url:: 'https://' + this.host,
  isReplicated:: this.replicas.server > 1,
  workloads:: {
    server: {
      name: this.name,
      ports: { http: 3000 } + (if this.isReplicated then { 'gossip-tcp': 9094, 'gossip-udp': 9094 } else {}),
      protocols: { 'gossip-udp': 'UDP' },
      mesh: { opaque: if this.isReplicated then ['gossip-tcp'] else [] },
    },
  },
  scrape:: [{ workload: 'server', port: 'http' }],
  signals:: { dashboards: {
    kind: 'dashboards',
    ask: { workload: 'server', port: 'http' },
    // They come from Git, or lie in a database that is not lost with the cluster.
    lost: 0,
    found: 120,
    // Where everybody signs in with a provider there is no password that would do.
    signIn: if this.signIn == null then { secret: this.secretName, user: 'admin-user', password: 'admin-password' } else null,
  } },
  exposes:: {
    web: {
      host: this.host,
      workload: 'server',
      port: 'http',
      timeout: { response: '2m' },
      routes: [
        { path: '/', websockets: true },
        // Its own metrics ask nobody who they are.
        { exact: '/metrics', respond: { statusCode: 404 } },
      ],
    },
  },
  after:: ['loki', 'mimir', 'tempo'],
  calls:: dataSources.calls(this)
          + (if this.isReplicated then [{ from: 'server', to: 'server', port: ['gossip-tcp', 'gossip-udp'] }] else [])
          + [{ from: 'server', to: 'outside', port: port } for port in this.outsidePorts]
          + (if this.plugins == [] then [] else [{ from: 'server', to: 'internet' }]),

  // Ports of what is no pod: who signs people in, the database, and who is notified.
  outsidePorts:: std.set(
    (if this.signIn == null then [] else [peers.portOf(url) for url in [this.signIn.tokenURL, this.signIn.userInfoURL]])
    + (if this.database == null then [] else [this.database.port])
    + (if this.smtp == null then [] else [this.smtp.port])
    + (if this.contactPoints == [] then [] else this.notificationPorts)
  ),
  secrets:: secrets.needed(this),

  // UIDs of the data sources, for dashboards and links.
  dataSourceUIDs:: { alertmanager: 'alertmanager', loki: 'loki', mimir: 'mimir', tempo: 'tempo' },

  // What all components declare: [{ component, folder, file, dashboard }].
  provisioned:: dashboards.of(this.cluster),
  // The file of the dashboard that it opens with, or null for its own.
  homeDashboard:: dashboards.file(this, 'Cluster', 'overview'),
  problems:: (import 'problems.libsonnet')(this),

  // ---- resources ----

  // grafana.ini by section; an environment adds what there is no setting for: `grafana+: { config+:: { explore: {…} } }`.
  config:: (import 'config.libsonnet')(this),

  resources+::
    local provisioned = dashboards.all(this);
    {
      config: (import 'provisioning.libsonnet')(this),
      dashboards: provisioned.objects,
      workload: (import 'workload.libsonnet')(this, provisioned),
    },
}
