// Takes OTLP from programs, says which pod it came from, and hands traces to Tempo, metrics to Mimir and logs to Loki.
local syntax = import 'syntax.libsonnet';

function(this)
  local stores = this.stores;
  local ports = this.workload('collector').ports;
  local input(name) = syntax.expression('otelcol.%s.input' % name);

  local exporters = {
    [if stores.tempo != null then 'traces']: input('exporter.otlp.tempo'),
    [if stores.mimir != null then 'metrics']: input('exporter.prometheus.mimir'),
    [if stores.loki != null then 'logs']: input('exporter.otlphttp.loki'),
  };
  local signals = std.objectFields(exporters);
  local output(receiver) = { [signal]: [receiver] for signal in signals };

  // Metrics get this label where all of them do.
  local cluster = { context: 'resource', statements: ['set(attributes["k8s.cluster.name"], "%s")' % this.cluster.name] };

  {
    'otelcol.receiver.otlp "programs"': {
      grpc: { endpoint: '0.0.0.0:%d' % ports['otlp-grpc'] },
      http: { endpoint: '0.0.0.0:%d' % ports['otlp-http'] },
      output: output(input('processor.k8sattributes.pods')),
    },

    // It finds the pod by the address that a request comes from.
    'otelcol.processor.k8sattributes "pods"': {
      extract: {
        metadata: [
          'k8s.namespace.name',
          'k8s.pod.name',
          'k8s.pod.uid',
          'k8s.node.name',
          'k8s.deployment.name',
          'k8s.statefulset.name',
          'k8s.daemonset.name',
          'k8s.cronjob.name',
          'k8s.job.name',
        ],
      },
      pod_association: [
        { source: { from: 'resource_attribute', name: 'k8s.pod.uid' } },
        { source: { from: 'connection' } },
      ],
      output: output(input('processor.transform.cluster')),
    },

    'otelcol.processor.transform "cluster"': {
      error_mode: 'ignore',
      [if std.member(signals, 'traces') then 'trace_statements']: cluster,
      [if std.member(signals, 'logs') then 'log_statements']: cluster,
      output: { [signal]: [exporters[signal]] for signal in signals },
    },

    [if stores.tempo != null then 'otelcol.exporter.otlp "tempo"']: {
      client: {
        endpoint: stores.tempo.otlpGRPC,
        tls: { insecure: true },
      } + stores.headers(stores.tempo),
      sending_queue: { batch: {} },
    },

    [if stores.mimir != null then 'otelcol.exporter.prometheus "mimir"']: { forward_to: stores.metrics },

    [if stores.loki != null then 'otelcol.exporter.otlphttp "loki"']: {
      client: { endpoint: stores.loki.otlpURL } + stores.headers(stores.loki),
      sending_queue: { batch: {} },
    },
  }
