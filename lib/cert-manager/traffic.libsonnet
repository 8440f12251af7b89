// Who calls whom. The controller reaches no more of the outside than the issuers need.
local peers = import '../component/peers.libsonnet';

local letsEncrypt(url) = std.length(std.findSubstr('.letsencrypt.org/', url)) > 0;

// '192.0.2.1:5353' or '[2001:db8::1]:5353' -> 5353; 'ns.example.org' -> 53; https://… is asked on port 443, as the Internet is.
local dnsPort(server) =
  local parts = std.split(std.split(server, ']')[std.length(std.split(server, ']')) - 1], ':');
  if std.startsWith(server, 'https://') then [] else [if std.length(parts) == 2 then std.parseInt(parts[1]) else 53];

function(this)
  local acme = this.acme;
  local own = [this.issuers[name] for name in std.objectFields(this.issuers)];
  local dns01 = import 'dns01.libsonnet';

  // Servers that may lie in the house.
  local servers =
    (if acme.enabled then [acme.servers[name] for name in std.objectFields(acme.servers) if !letsEncrypt(acme.servers[name])] else [])
    + (if this.dns01Enabled && std.objectHas(acme.dns01, 'acmeDNS') then [acme.dns01.acmeDNS.host] else [])
    + [spec[kind].server for spec in own for kind in ['acme', 'vault'] if std.objectHas(spec, kind)];

  local nameServers = acme.recursiveNameservers
                      + (if std.objectHas(acme.dns01, 'rfc2136') then [acme.dns01.rfc2136.nameserver] else []);

  [{ from: 'api-server', to: 'webhook', port: 'https' }]
  + (if acme.enabled then [{ from: 'controller', to: 'internet', port: 443 }] else [])
  + (if servers == [] then [] else [{ from: 'controller', to: 'outside', port: std.set([peers.portOf(url) for url in servers]) }])
  + (if !this.dns01Enabled then [] else [{ from: 'controller', to: 'name-servers', port: std.set([53] + std.flattenArrays([dnsPort(server) for server in nameServers])) }])
  // The metadata service of a cloud, where credentials come from the node.
  + (if this.dns01Enabled && dns01.ambient(acme.dns01) then [{ from: 'controller', to: 'outside', port: 80 }] else [])
  + (if !this.http01Enabled then [] else
       // Before it tells the authority, cert-manager asks the host itself; a load balancer's address often leads straight to Envoy.
       [{ from: 'controller', to: 'outside', port: [80, 443] }]
       + (if !this.cluster.has('contour') then [] else [
            { from: 'controller', to: { component: 'contour', workload: 'envoy' }, port: ['http', 'https'] },
          ]))
