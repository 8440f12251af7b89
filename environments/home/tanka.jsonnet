// For `tk show`, `tk diff` and `tk export`; Argo CD evaluates main.jsonnet alone. The same in every environment.
(import 'cluster.libsonnet').tanka
