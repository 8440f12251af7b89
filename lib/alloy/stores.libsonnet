// Where signals go: the components of this cluster that store them, as far as they are on.
local syntax = import 'syntax.libsonnet';

function(this)
  local cluster = this.cluster;
  local store(name) = if cluster.has(name) then cluster.get(name) else null;
  local mimir = store('mimir');
  local loki = store('loki');
  local tempo = store('tempo');
  local headers(component) = if component.tenantHeader == null then {} else { headers: syntax.map({ [component.tenantHeader.name]: component.tenantHeader.value }) };
  local labels = syntax.map({ cluster: cluster.name });

  {
    mimir: mimir,
    loki: loki,
    tempo: tempo,

    // The tenant for components of Alloy that have an argument for it; null leaves it out.
    tenant(component):: if component.tenantHeader == null then null else component.tenantHeader.value,
    headers(component):: headers(component),

    // What writes metrics and logs is said by these expressions in `forward_to`.
    metrics: [syntax.expression('prometheus.remote_write.mimir.receiver')],
    logs: [syntax.expression('loki.write.loki.receiver')],

    // The blocks that write.
    blocks: {
      [if mimir != null then 'prometheus.remote_write "mimir"']: {
        external_labels: labels,
        endpoint: {
          url: mimir.pushURL,
          send_native_histograms: true,
          // When Mimir comes back after a break, more would only fill this program's memory.
          queue_config: { max_shards: 8 },
          [if this.dropMetrics != [] then 'write_relabel_config']: {
            source_labels: ['__name__'],
            regex: std.join('|', this.dropMetrics),
            action: 'drop',
          },
        } + headers(mimir),
      },
      [if loki != null then 'loki.write "loki"']: {
        external_labels: labels,
        endpoint: {
          url: loki.pushURL,
          tenant_id: if loki.tenantHeader == null then null else loki.tenantHeader.value,
          // Its default, 10, gives up after some minutes; what is read from files can wait.
          max_backoff_retries: 100,
        },
      },
    },
  }
