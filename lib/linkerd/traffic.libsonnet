// Who calls the control plane, beside all proxies: lib/component adds those.
function(this)
  [
    { from: 'api-server', to: this.webhooks[name].workload, port: this.webhooks[name].port }
    for name in std.objectFields(this.webhooks)
  ] + (
    if this.heartbeat != true then []
    else [{ from: 'heartbeat', to: 'internet' }] + (if this.metrics == null then [] else [this.metrics.calledBy('heartbeat', 'query')])
  )
