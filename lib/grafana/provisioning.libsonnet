// grafana.ini and the files from which Grafana provisions itself at its start.
local k = import '../kubernetes/main.libsonnet';
local dataSources = import 'data-sources.libsonnet';
local dashboards = import 'provisioned-dashboards.libsonnet';

local alerting(this) = { apiVersion: 1 }
                       + (if this.contactPoints == [] then {} else { contactPoints: this.contactPoints })
                       + (if this.notificationPolicy == null then {} else { policies: [this.notificationPolicy] });

function(this) {
  ini: k.configMap(this, this.name, { 'grafana.ini': std.manifestIni({ sections: this.config }) }),

  provisioning: k.configMap(this, this.name + '-provisioning', {
    'alerting.yaml': k.toYAML(alerting(this)),
    'dashboards.yaml': k.toYAML(dashboards.providers(this)),
    // What is no longer in Git goes from the database too, where there is one.
    'data-sources.yaml': k.toYAML({ apiVersion: 1, prune: true, datasources: dataSources.all(this) }),
  }),
}
