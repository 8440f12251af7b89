// Who calls whom in the control plane. What every proxy calls, those of the control plane included, is added by lib/component.
function(this)
  [
    { from: 'api-server', to: this.webhooks[name].workload, port: this.webhooks[name].port }
    for name in std.objectFields(this.webhooks)
  ] + (
    if this.heartbeat != true then []
    else [{ from: 'heartbeat', to: 'internet' }] + (if this.metrics == null then [] else [this.metrics.calledBy('heartbeat', 'query')])
  )
