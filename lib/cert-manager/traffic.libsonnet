// Who calls whom. The controller reaches no more of the outside than the issuers need.
//
// Every component's policies read this list, so nothing that says whether there is a call may fail on a setting of the wrong type.
local peers = import '../component/peers.libsonnet';
local dns01 = import 'dns01.libsonnet';

local object(value) = if std.type(value) == 'object' then value else {};
local valuesOf(value) = std.objectValues(object(value));

local isLetsEncrypt(url) = std.type(url) == 'string' && std.length(std.findSubstr('.letsencrypt.org/', url)) > 0;

// '192.0.2.1:5353' or '[2001:db8::1]:5353' -> 5353; 'ns.example.org' -> 53; https://… is asked on port 443, as the Internet is.
local dnsPort(server) =
  local afterAddress = std.splitLimit(server, ']', 1);
  local parts = std.split(afterAddress[std.length(afterAddress) - 1], ':');
  if std.startsWith(server, 'https://') then [] else [if std.length(parts) == 2 then std.parseInt(parts[1]) else 53];

function(this)
  local acme = this.acme;
  local providers = if this.dns01Enabled then acme.dns01 else {};

  // Servers that may lie in the house.
  local servers =
    [url for url in valuesOf(if this.usesACME then acme.servers) if !isLetsEncrypt(url)]
    + [object(providers[name]).host for name in std.objectFields(providers) if name == 'acmeDNS']
    + [spec[kind].server for spec in valuesOf(this.issuers) for kind in ['acme', 'vault'] if std.objectHas(object(spec), kind)];

  local nameServers = acme.recursiveNameservers
                      + [providers[name].nameserver for name in std.objectFields(providers) if name == 'rfc2136'];

  local when(condition, call) = if condition then [call] else [];
  local fromController = { from: 'controller' };

  [{ from: 'api-server', to: 'webhook', port: 'https' }]
  + when(this.usesACME, fromController { to: 'internet', port: 443 })
  + when(std.length(servers) > 0, fromController { to: 'outside', port: std.set([peers.portOf(url) for url in servers]) })
  + when(this.dns01Enabled, fromController { to: 'name-servers', port: std.set([53] + std.flattenArrays([dnsPort(server) for server in nameServers])) })
  // The metadata service of a cloud, where credentials come from the node.
  + when(dns01.ambient(providers), fromController { to: 'outside', port: 80 })
  // Before it tells the authority, cert-manager asks the host itself; the address of a load balancer may lead straight to Envoy.
  + when(this.http01Enabled, fromController { to: 'outside', port: [80, 443] })
  + when(this.http01Enabled && this.cluster.has('contour'), fromController { to: { component: 'contour', workload: 'envoy' }, port: ['http', 'https'] })
