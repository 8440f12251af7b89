// The rules that components declare in `ruleGroups`, as PrometheusRules, and what gives these to the rulers.
local k = import '../kubernetes/main.libsonnet';
local syntax = import 'syntax.libsonnet';

// By this label a PrometheusRule says whose it is.
local label = 'rekindle/ruler';

local rulers = [
  { store: 'mimir', groups: 'metrics', block: 'mimir.rules.kubernetes "mimir"' },
  { store: 'loki', groups: 'logs', block: 'loki.rules.kubernetes "loki"' },
];

{
  // objects(this) -> { <ruler>: { <component>: PrometheusRule } }, of the rulers that are there.
  objects(this):: {
    [ruler.store]: {
      [name]: k.object(this, 'monitoring.coreos.com/v1', 'PrometheusRule', '%s-%s' % [name, ruler.groups]) {
        metadata+: { labels+: { [label]: ruler.store } },
        spec: { groups: this.cluster.enabled[name].ruleGroups[ruler.groups] },
      }
      for name in std.objectFields(this.cluster.enabled)
      if this.cluster.enabled[name].ruleGroups[ruler.groups] != []
    }
    for ruler in rulers
    if this.stores[ruler.store] != null
  },

  // blocks(this) -> what makes the rulers have these rules, and no others under the same prefix.
  blocks(this):: {
    [ruler.block]: {
      address: this.stores[ruler.store].rulerURL,
      tenant_id: this.stores.tenant(this.stores[ruler.store]),
      sync_interval: '1m',
      rule_selector: { match_labels: syntax.map({ [label]: ruler.store }) },
    }
    for ruler in rulers
    if this.stores[ruler.store] != null
  },
}
