// grafana.ini by section, from the settings. Keys: conf/defaults.ini of Grafana 13.2.

// Apps that Grafana 13 downloads by itself.
local apps = ['grafana-advisor-app', 'grafana-exploretraces-app', 'grafana-lokiexplore-app', 'grafana-metricsdrilldown-app', 'grafana-pyroscope-app'];

function(this)
  local wanted = [std.split(plugin, '@')[0] for plugin in this.plugins];
  {
    server: { root_url: this.url, domain: this.host, enforce_domain: false, enable_gzip: true, http_port: this.workload('server').ports.http },

    paths: { data: '/var/lib/grafana', plugins: '/var/lib/grafana/plugins', provisioning: '/etc/grafana/provisioning' },

    database: if this.database == null then {
      // One process reads and writes, but many threads of it: with a log of its own they don't wait for each other.
      type: 'sqlite3',
      wal: true,
    } else {
      type: 'postgres',
      host: '%s:%d' % [this.database.host, this.database.port],
      name: this.database.name,
      user: this.database.user,
      ssl_mode: this.database.sslMode,
    },

    security: {
      cookie_secure: true,
      strict_transport_security: true,
      disable_gravatar: true,
      // Whoever signs in elsewhere gets the role there.
      disable_initial_admin_creation: this.signIn != null,
    },

    users: { allow_sign_up: false, allow_org_create: false, default_theme: this.defaultTheme },
    date_formats: { default_timezone: this.cluster.timeZone },

    auth: { disable_login_form: this.signIn != null },
    'auth.basic': { enabled: this.signIn == null },
    'auth.anonymous': { enabled: this.anonymous, org_role: 'Viewer', hide_version: true },
  } + (import 'sign-in.libsonnet')(this) + {
    // Nothing leaves the cluster.
    analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false, feedback_links_enabled: false },
    news: { news_feed_enabled: false },
    snapshots: { external_enabled: false },
    plugins: {
      plugin_admin_enabled: false,
      public_key_retrieval_disabled: this.plugins == [],
      // The data sources for Mimir, Loki and Tempo are plugins that the image has. An update at the start would first remove
      // them, which a read-only file system forbids, and then go on without (grafana/grafana#132528).
      preinstall_auto_update: false,
      preinstall_disabled: this.plugins == [],
      [if this.plugins != [] then 'preinstall_sync']: std.join(',', this.plugins),
      [if this.plugins != [] then 'disable_plugins']: std.join(',', std.setDiff(apps, std.set(wanted))),
    },

    dashboards: {
      [if this.homeDashboard != null then 'default_home_dashboard_path']: this.homeDashboard,
    },
    unified_alerting: {
      enabled: true,
      [if this.isReplicated then 'ha_listen_address']: '$__env{POD_IP}:%d' % this.workload('server').ports['gossip-tcp'],
      [if this.isReplicated then 'ha_advertise_address']: '$__env{POD_IP}:%d' % this.workload('server').ports['gossip-tcp'],
      [if this.isReplicated then 'ha_peers']: '%s-peers.%s.svc:%d' % [this.workloadName('server'), this.namespace, this.workload('server').ports['gossip-tcp']],
    },
    smtp: if this.smtp == null then { enabled: false } else {
      enabled: true,
      host: '%s:%d' % [this.smtp.host, this.smtp.port],
      from_address: this.smtp.from,
      [if std.objectHas(this.smtp, 'user') then 'user']: this.smtp.user,
      startTLS_policy: 'MandatoryStartTLS',
    },

    metrics: { enabled: true, disable_total_stats: true },
    log: { mode: 'console', level: this.logLevel },
    'log.console': { format: 'json' },
  }
