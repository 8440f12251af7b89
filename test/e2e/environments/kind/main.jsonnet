// The only file that Argo CD evaluates here, the same in every environment.
function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)
