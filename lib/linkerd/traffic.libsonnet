// Who calls whom in the control plane. Its own proxies are known here; those of other components are theirs to declare.
function(this)
  local all = ['destination', 'identity', 'proxy-injector'];
  [
    { from: 'api-server', to: this.webhooks[name].workload, port: this.webhooks[name].port }
    for name in std.objectFields(this.webhooks)
  ] + [
    { from: all, to: this.entries[purpose].workload, port: this.entries[purpose].port }
    for purpose in std.objectFields(this.entries)
  ] + (
    if this.heartbeat != true then []
    else [{ from: 'heartbeat', to: 'internet' }] + (if this.metrics == null then [] else [this.metrics.calledBy('heartbeat', 'query')])
  )
