// Scrapes what belongs to no component: the API server, the cluster's DNS, and pods that ask for it by annotation.
local labels = import 'pod-labels.libsonnet';
local syntax = import 'syntax.libsonnet';

local pod = '__meta_kubernetes_pod_';
local annotation = pod + 'annotation_prometheus_io_';
local serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount/';

// Buckets between those that show something: the API server has 40 for each verb, resource and scope. The list is
// kube-prometheus' (jsonnet/kube-prometheus/addons/dropping-deprecated-metrics-relabelings.libsonnet and k8s-control-plane).
local denseBuckets = '(apiserver_request|apiserver_request_sli|etcd_request)_duration_seconds_bucket;(0\\.15|0\\.2|0\\.25|0\\.3|0\\.35|0\\.4|0\\.45|0\\.6|0\\.7|0\\.8|0\\.9|1\\.25|1\\.5|1\\.75|2|2\\.5|3|3\\.5|4|4\\.5|6|7|8|9|15|20|25|30|40|45|50)(\\.0)?';

// What no dashboard or alert of the field reads.
local unread = std.join('|', [
  'apiserver_(admission|flowcontrol|storage|watch|response_sizes|request_body_size)_.+_bucket',
  'apiserver_(response_sizes|watch_events_sizes|request_body_size_bytes)_bucket',
  'authentication_.+_bucket',
  'field_validation_.+',
  'kubernetes_feature_enabled',
  'rest_client_.+_bucket',
]);

function(this)
  local scrape(targets, more={}) = {
    targets: syntax.expression(targets),
    forward_to: this.stores.metrics,
    scrape_interval: this.scrapeInterval,
    clustering: { enabled: true },
  } + more;

  (if !this.apiServer then {} else {
     'discovery.kubernetes "api_server"': { role: 'endpointslice', namespaces: { names: ['default'] } },
     'discovery.relabel "api_server"': [
       { targets: syntax.expression('discovery.kubernetes.api_server.targets') },
       { rule: [
         {
           source_labels: ['__meta_kubernetes_endpointslice_label_kubernetes_io_service_name', '__meta_kubernetes_endpointslice_port_name'],
           regex: 'kubernetes;https',
           action: 'keep',
         },
         { target_label: 'namespace', replacement: 'default' },
         { target_label: 'job', replacement: this.jobs.apiServer },
       ] },
     ],
     'prometheus.scrape "api_server"': scrape('discovery.relabel.api_server.output', {
       scheme: 'https',
       bearer_token_file: serviceAccount + 'token',
       tls_config: { ca_file: serviceAccount + 'ca.crt', server_name: 'kubernetes.default.svc' },
       forward_to: [syntax.expression('prometheus.relabel.api_server.receiver')],
     }),
     'prometheus.relabel "api_server"': {
       forward_to: this.stores.metrics,
       rule: [
         { source_labels: ['__name__'], regex: unread, action: 'drop' },
         { source_labels: ['__name__', 'le'], regex: denseBuckets, action: 'drop' },
       ],
     },
   }) + {
    'discovery.kubernetes "dns"': {
      role: 'pod',
      namespaces: { names: ['kube-system'] },
      selectors: { role: 'pod', label: 'k8s-app=kube-dns' },
    },
    'discovery.relabel "dns"': [
      { targets: syntax.expression('discovery.kubernetes.dns.targets') },
      { rule: [{ source_labels: [pod + 'container_port_number'], regex: '9153', action: 'keep' }] + labels.identity + labels.instance },
      { rule: { target_label: 'job', replacement: this.jobs.dns } },
    ],
    'prometheus.scrape "dns"': scrape('discovery.relabel.dns.output'),
  } + (if this.annotatedPods.ports == [] then {} else {
         'discovery.kubernetes "annotated_pods"': { role: 'pod' },
         'discovery.relabel "annotated_pods"': [
           { targets: syntax.expression('discovery.kubernetes.annotated_pods.targets') },
           { rule: [
             { source_labels: [annotation + 'scrape'], regex: 'true', action: 'keep' },
             // Of the ports of a container the one that the annotation names, or each where it names none.
             { source_labels: [pod + 'container_port_number'], target_label: '__port' },
             { source_labels: [annotation + 'port'], regex: '(.+)', target_label: '__port' },
             { source_labels: [pod + 'container_port_number'], target_label: '__port', action: 'keepequal' },
             { source_labels: [annotation + 'path'], regex: '(.+)', target_label: '__metrics_path__' },
             { source_labels: [annotation + 'scheme'], regex: '(https?)', target_label: '__scheme__' },
           ] + labels.identity + labels.instance + labels.job },
         ],
         'prometheus.scrape "annotated_pods"': scrape('discovery.relabel.annotated_pods.output', {
           // Such a certificate names a Service, and pods are asked by address. Nothing secret is sent.
           tls_config: { insecure_skip_verify: true },
         }),
       })
