// Certificates that somebody gives: Contour reads them from the Secrets that its settings name.
local publish = import 'publish.libsonnet';

local helps = {
  clientCertificate: 'that Envoy shows to the programs it calls',
  fallbackCertificate: 'for clients that send no server name',
};

// given(this) -> [{ setting, name, namespace }]: what cert-manager does not make for a wildcard domain.
local given(this) =
  local made = [publish.wildcardName(domain) for domain in this.wildcardDomains];
  [
    this[setting] { setting: setting }
    for setting in std.objectFields(helps)
    if this[setting] != null && !(this[setting].namespace == this.namespace && std.member(made, this[setting].name))
  ];

{
  // needed(this) -> the component's `secrets`.
  needed(this):: std.foldl(
    function(all, one) all {
      [one.name]: {
        namespace: one.namespace,
        type: 'kubernetes.io/tls',
        keys: {
          'tls.crt': 'Certificate %s, with those between it and its CA, PEM.' % helps[one.setting],
          'tls.key': 'Its private key, PEM.',
        },
      },
    },
    given(this),
    {}
  ),

  // problems(this) -> sentences that begin with the setting: Secrets are known by their names.
  problems(this)::
    local both = given(this);
    if std.length(both) == 2 && both[0].name == both[1].name && both[0].namespace != both[1].namespace
    then ['%s.name: "%s" is the name of %s, too, in another namespace; give one of them another name' % [both[0].setting, both[0].name, both[1].setting]]
    else [],
}
