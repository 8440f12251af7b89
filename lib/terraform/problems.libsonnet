// What Terraform could not make of an environment. These fail its stacks and nothing else: what runs in a cluster does not
// depend on who made it.
local k = import '../kubernetes/main.libsonnet';
local pools = import 'pools.libsonnet';

// The newest minor that the provider of kind can start: 0.11.0 is built on kind 0.31, which speaks to kubeadm in v1beta3;
// from Kubernetes 1.36 on kind itself uses v1beta4.
local kindMinors = ['1.34', '1.35'];

local gibibytes(quantity) = k.quantity.bytes(quantity) / 1073741824;
local isNumber(text) = text != '' && std.length(std.stripChars(text, '0123456789')) == 0;

// 's-4vcpu-8gb' -> { cpu: 4, memory: 8 } | null where the name of a size does not say it.
local ofSize(size) =
  local parts = std.split(size, '-');
  local amount(unit) = [
    std.parseInt(part[:std.length(part) - std.length(unit)])
    for part in parts
    if std.endsWith(part, unit) && isNumber(part[:std.length(part) - std.length(unit)])
  ];
  if std.length(amount('vcpu')) == 1 && std.length(amount('gb')) == 1 then { cpu: amount('vcpu')[0], memory: amount('gb')[0] } else null;

local ofPool(where, pool) =
  if pool.size == null then ["%s.size: DigitalOcean needs the name of a size, such as 's-4vcpu-8gb'" % where]
  else
    local means = ofSize(pool.size);
    if means == null || (means.cpu * 1000 == k.quantity.milli(pool.cpu) && means.memory == gibibytes(pool.memory)) then []
    else ['%s.size: %s has %d CPUs and %d GiB, and the node says cpu: %s, memory: %s; make them agree' % [where, pool.size, means.cpu, means.memory, pool.cpu, pool.memory]];

local byTarget = {
  existing(cluster, all):: [],

  kind(cluster, all)::
    if std.member(kindMinors, cluster.kubernetes) then []
    else ['kubernetes: the provider of kind makes clusters of Kubernetes %s, not %s; choose one of them, or use the slice kind with kind 0.32 or newer' % [std.join(' and ', kindMinors), cluster.kubernetes]],

  minikube(cluster, all)::
    if all == [] then ['nodes: minikube needs to know them; list one kind of node']
    else if std.length(all) > 1 then ['nodes: minikube makes nodes of one kind, and there are %d; list one' % std.length(all)]
    else [],

  digitalocean(cluster, all)::
    (if all == [] then ["nodes: DigitalOcean needs to know them: { count: 1, cpu: '4', memory: '8Gi', size: 's-4vcpu-8gb' }"] else [])
    + std.flattenArrays(std.mapWithIndex(function(i, pool) ofPool('nodes[%d]' % i, pool), all))
    + (
      if std.length(std.set([pool.name for pool in all])) == std.length(all) then []
      else ['nodes: two have the same name; pools are known by it']
    ),
};

local ofState(cluster) =
  local state = cluster.infrastructure.state;
  if state.backend != 's3' then []
  else (if state.bucket == null then ['infrastructure.state.bucket: set it, the bucket of the state; docs/terraform.md says how to make it'] else [])
       + (if state.endpoint == null then ['infrastructure.state.endpoint: set it, the host of the S3 service'] else []);

// problems(cluster) -> [sentence]
function(cluster) [
  '%s: %s' % [cluster.name, problem]
  for problem in byTarget[cluster.infrastructure.target](cluster, pools(cluster)) + ofState(cluster)
]
