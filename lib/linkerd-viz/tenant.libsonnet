// Where Mimir wants to hear a tenant: metrics-api can't say one, but its proxy can, by a route that counts for the pods of this
// namespace alone (https://linkerd.io/2/features/httproute: consumer routes).
local k = import '../kubernetes/main.libsonnet';

function(this)
  local mimir = this.mimir;
  local header = mimir.tenantHeader;
  local entry = mimir.entries.query;
  local service = {
    name: mimir.workloadName(entry.workload),
    namespace: mimir.namespace,
    port: mimir.workload(entry.workload).ports[entry.port],
  };
  if header == null then {} else {
    route: k.object(this, 'policy.linkerd.io/v1beta3', 'HTTPRoute', 'mimir-tenant') {
      spec: {
        parentRefs: [service { group: 'core', kind: 'Service' }],
        rules: [{
          matches: [{ path: { type: 'PathPrefix', value: '/prometheus' } }],
          filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [header] } }],
          backendRefs: [service],
        }],
      },
    },
  }
