// Who is no workload of ours, but calls one or is called by one. NetworkPolicies know pods by label and everybody else by address.

// Address ranges cut out of "everywhere": `except` must lie inside its range, so each family has its own.
local everywhere(except) = [
  {
    ipBlock: { cidr: family.cidr } + (
      local inside = [cidr for cidr in except if (std.length(std.findSubstr(':', cidr)) > 0) == family.six];
      if inside == [] then {} else { except: inside }
    ),
  }
  for family in [{ cidr: '0.0.0.0/0', six: false }, { cidr: '::/0', six: true }]
];

local ports(numbers, protocol='TCP') = [{ port: number, protocol: protocol } for number in numbers];

local outside(cluster) = everywhere(cluster.network.podCIDRs);

// Where `network` says the addresses of somebody outside: there, else anywhere outside.
local at(cluster, cidrs) = if cidrs == [] then outside(cluster) else [{ ipBlock: { cidr: cidr } } for cidr in cidrs];

local defaultPort = { http: 80, https: 443, ssh: 22, git: 9418 };

// 'https://git.example.org:8443/x' -> 8443
local portOf(url) =
  local parts = std.splitLimit(url, '://', 1);
  local host = std.splitLimit(parts[1], '/', 1)[0];
  local hostPort = std.split(host, ':');
  if std.length(parts) < 2 then 22  // git@host:path
  else if std.length(hostPort) == 2 then std.parseInt(hostPort[1])
  else if std.objectHas(defaultPort, parts[0]) then defaultPort[parts[0]]
  else error 'which port? "%s" names none, and "%s" has none that is usual; write it behind the host' % [url, parts[0]];

{
  portOf:: portOf,

  // Peers that may be called: peer -> function(cluster, ports or null) -> one egress rule.
  callees:: {
    dns(cluster, numbers): {
      to: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      }] + [{ ipBlock: { cidr: cidr } } for cidr in cluster.network.dnsCIDRs],
      ports: if numbers == null then ports([53], 'UDP') + ports([53]) else ports(numbers),
    },

    // Pods of any namespace, on these ports; whether they answer is for their own policies to say.
    pods(cluster, numbers): { to: [{ namespaceSelector: {} }], ports: ports(numbers) },

    // Policies see the API server behind its Service: 6443 where it runs itself, 443 where it is managed.
    'api-server'(cluster, _): {
      to: at(cluster, cluster.network.apiServerCIDRs),
      ports: ports([443, 6443]),
    },

    kubelet(cluster, _): { to: outside(cluster), ports: ports([10250]) },

    // The Git server of `gitops.repoURL`; it may lie in the house.
    git(cluster, _): { to: outside(cluster), ports: ports([portOf(cluster.gitops.repoURL)]) },

    // The S3 endpoint of `objectStorage`; it may lie in the house.
    'object-storage'(cluster, _):
      local endpoint = cluster.objectStorage.endpoint;
      if endpoint == null then error 'cluster: set objectStorage.endpoint, the host of the S3 endpoint'
      else {
        to: at(cluster, cluster.network.objectStorageCIDRs),
        ports: ports([portOf((if cluster.objectStorage.insecure then 'http://' else 'https://') + endpoint)]),
      },

    // Anything that is no pod: servers in the same house included.
    outside(cluster, numbers): { to: outside(cluster), ports: ports(numbers) },

    // Name servers that are no pods: those of a domain, or a resolver in the house.
    'name-servers'(cluster, numbers):
      local asked = if numbers == null then [53] else numbers;
      { to: outside(cluster), ports: ports(asked, 'UDP') + ports(asked) },

    // The short-lived pods by which cert-manager proves hosts, in whatever namespace the certificate is.
    'acme-solver'(cluster, _): {
      to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } } }],
      ports: ports([8089]),
    },

    // Public addresses only.
    internet(cluster, numbers): {
      to: everywhere(std.set(cluster.network.podCIDRs + cluster.network.privateCIDRs)),
      ports: ports(if numbers == null then [443] else numbers),
    },
  },

  // Peers that may call: their addresses are not known here, so the rule opens the port to all.
  // 'world': users from outside. 'api-server': it calls webhooks and aggregated APIs, from addresses that differ by provider.
  callers:: ['world', 'api-server'],
}
