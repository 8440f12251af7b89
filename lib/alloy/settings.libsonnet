// What both collectors can be told.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

{
  settings:: {
    '#scrapeInterval':: doc.setting('go-duration', 'How often metrics are asked for; at least 15s.'),
    scrapeInterval: '1m',

    '#dropMetrics':: doc.list('string', 'Metrics that are not stored, as regular expressions of their whole names.'),
    dropMetrics: [],

    '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'How much it logs.'),
    logLevel: 'info',

    '#extraConfig':: doc.setting('string', 'Further configuration in the language of Alloy. It may forward to `prometheus.remote_write.mimir.receiver` and `loki.write.loki.receiver`.'),
    extraConfig: '',
  },

  // problems(this) -> what is wrong with them.
  problems(this):: if k.quantity.seconds(this.scrapeInterval) >= 15 then []
  else ['scrapeInterval: %s is below 15s: a scrape may take 10s' % this.scrapeInterval],
}
