// Scrapes what components declare in `scrape`. A component that is off has no targets.
local labels = import 'pod-labels.libsonnet';
local syntax = import 'syntax.libsonnet';

local pod = '__meta_kubernetes_pod_';
local instanceLabel = pod + 'label_app_kubernetes_io_instance';
local nameLabel = pod + 'label_app_kubernetes_io_name';

// What of a target is said for a whole scrape.
local optionsOf(target) = {
  honorLabels: std.objectHas(target, 'honorLabels') && target.honorLabels,
  path: if std.objectHas(target, 'path') then target.path else '/metrics',
  scheme: if std.objectHas(target, 'scheme') then target.scheme else 'http',
};

local labelOf(options) = std.join('_', [
  options.scheme,
  syntax.identifier(std.lstripChars(options.path, '/')),
] + (if options.honorLabels then ['labels_honored'] else []));

// targets(components) -> [{ component, namespace, workload, port, options, group }]
local targets(components) = std.flattenArrays([
  [
    local options = optionsOf(target);
    {
      namespace: component.namespace,
      // As the labels of its pods say it.
      pod: [component.namespace, component.name, component.workloadName(target.workload), target.port],
      options: options,
      group: labelOf(options),
    }
    for target in component.scrape
  ]
  for component in components
]);

function(this)
  local enabled = this.cluster.enabled;
  local all = targets([enabled[name] for name in std.objectFields(enabled)]);
  local groups = std.set([target.group for target in all]);

  {
    'discovery.kubernetes "components"': {
      role: 'pod',
      namespaces: { names: std.set([target.namespace for target in all]) },
    },

    'discovery.relabel "components"': [
      { targets: syntax.expression('discovery.kubernetes.components.targets') },
      { rule: labels.identity + labels.instance },
      // The job of a component's workload: its namespace and its name.
      { rule: { source_labels: ['namespace', nameLabel], separator: '/', target_label: 'job' } },
    ],
  } + {
    ['discovery.relabel "%s"' % group]: {
      targets: syntax.expression('discovery.relabel.components.output'),
      rule: {
        source_labels: ['namespace', instanceLabel, nameLabel, pod + 'container_port_name'],
        regex: std.join('|', [std.join(';', target.pod) for target in all if target.group == group]),
        action: 'keep',
      },
    }
    for group in groups
  } + {
    ['prometheus.scrape "%s"' % group]:
      local options = [target.options for target in all if target.group == group][0];
      {
        targets: syntax.expression('discovery.relabel.%s.output' % group),
        forward_to: this.stores.metrics,
        scrape_interval: this.scrapeInterval,
        metrics_path: options.path,
        scheme: options.scheme,
        honor_labels: options.honorLabels,
        clustering: { enabled: true },
        // Their certificates name Services, and pods are asked by address. Nothing secret is sent.
        [if options.scheme == 'https' then 'tls_config']: { insecure_skip_verify: true },
      }
    for group in groups
  }
