// What cert-manager may do: the roles of its 1.21 chart, rule by rule (deploy/charts/cert-manager/templates/*rbac.yaml).
local k = import '../kubernetes/main.libsonnet';

local cm = 'cert-manager.io';
local acme = 'acme.cert-manager.io';
local networking = 'networking.k8s.io';
local gateway = 'gateway.networking.k8s.io';

local read = ['get', 'list', 'watch'];
local rule(group, resources, verbs) = { apiGroups: [group], resources: resources, verbs: verbs };
local named(group, resources, names, verbs) = rule(group, resources, verbs) { resourceNames: names };
local events = rule('', ['events'], ['create', 'patch']);
local readSecrets = rule('', ['secrets'], read);
local writeSecrets = rule('', ['secrets'], read + ['create', 'update', 'delete']);

// One role per control loop. Rules on …/finalizers are for clusters with OwnerReferencesPermissionEnforcement.
local loops = {
  issuers: [rule(cm, ['issuers', 'issuers/status'], ['update', 'patch']), rule(cm, ['issuers'], read), writeSecrets, events],
  clusterissuers: [rule(cm, ['clusterissuers', 'clusterissuers/status'], ['update', 'patch']), rule(cm, ['clusterissuers'], read), writeSecrets, events],
  certificates: [
    rule(cm, ['certificates', 'certificates/status', 'certificaterequests', 'certificaterequests/status'], ['update', 'patch']),
    rule(cm, ['certificates', 'certificaterequests', 'clusterissuers', 'issuers'], read),
    rule(cm, ['certificates/finalizers', 'certificaterequests/finalizers'], ['update']),
    rule(acme, ['orders'], ['create', 'delete'] + read),
    writeSecrets { verbs+: ['patch'] },
    events,
  ],
  orders: [
    rule(acme, ['orders', 'orders/status'], ['update', 'patch']),
    rule(acme, ['orders', 'challenges'], read),
    rule(cm, ['clusterissuers', 'issuers'], read),
    rule(acme, ['challenges'], ['create', 'delete']),
    rule(acme, ['orders/finalizers'], ['update']),
    rule(cm, ['clusterissuers/finalizers', 'issuers/finalizers'], ['update']),
    readSecrets,
    events,
  ],
  challenges: [
    rule(acme, ['challenges', 'challenges/status'], ['update', 'patch']),
    rule(acme, ['challenges'], read),
    rule(cm, ['issuers', 'clusterissuers'], read),
    readSecrets,
    events,
    rule('', ['pods', 'services'], read + ['create', 'delete']),
    rule(networking, ['ingresses'], read + ['create', 'delete', 'update']),
    rule(gateway, ['httproutes'], read + ['create', 'delete', 'update']),
    rule('route.openshift.io', ['routes/custom-host'], ['create']),
    rule(acme, ['challenges/finalizers'], ['update']),
  ],
  'ingress-shim': [
    rule(cm, ['certificates', 'certificaterequests'], ['create', 'update', 'delete']),
    rule(cm, ['certificates', 'certificaterequests', 'issuers', 'clusterissuers'], read),
    rule(networking, ['ingresses'], read),
    rule(networking, ['ingresses/finalizers'], ['update']),
    rule(gateway, ['gateways', 'httproutes', 'listenersets'], read),
    rule(gateway, ['gateways/finalizers', 'httproutes/finalizers', 'listenersets/finalizers'], ['update']),
    events,
  ],
  certificatesigningrequests: [
    rule('certificates.k8s.io', ['certificatesigningrequests'], read + ['update']),
    rule('certificates.k8s.io', ['certificatesigningrequests/status'], ['update', 'patch']),
    named('certificates.k8s.io', ['signers'], ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'], ['sign']),
    rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
  ],
};

function(this)
  local leases(names) = [
    named('coordination.k8s.io', ['leases'], names, ['get', 'update', 'patch']),
    rule('coordination.k8s.io', ['leases'], ['create']),
  ];
  // Joins the built-in roles of people.
  local forPeople(name, roles, rules) = k.clusterRole(this, '%s-%s' % [this.name, name], rules) {
    metadata+: { labels+: { ['rbac.authorization.k8s.io/aggregate-to-' + role]: 'true' for role in roles } },
  };
  {
    controller: {
      [loop]: k.clusterRoleWithBinding(this, '%s-controller-%s' % [this.name, loop], 'controller', loops[loop])
      for loop in std.objectFields(loops)
    },
    [if this.approves != [] then 'approver']: k.clusterRoleWithBinding(this, this.name + '-controller-approve:cert-manager-io', 'controller', [
      named(cm, ['signers'], this.approves, ['approve']),
    ]),
    // A DNS solver that is a webhook is called through the API server.
    [if this.dns01Enabled && std.objectHas(this.acme.dns01, 'webhook') then 'dnsWebhook']:
      local webhook = this.acme.dns01.webhook;
      k.clusterRoleWithBinding(this, this.name + '-dns-webhook', 'controller', [rule(webhook.groupName, [webhook.solverName], ['create'])]),
    controllerLeases: k.roleWithBinding(this, this.name + ':leaderelection', 'controller', leases(['cert-manager-controller'])),

    cainjector: k.clusterRoleWithBinding(this, this.workloadName('cainjector'), 'cainjector', [
      rule(cm, ['certificates'], read),
      readSecrets,
      rule('', ['events'], ['get', 'create', 'update', 'patch']),
      rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], read + ['update', 'patch']),
      rule('apiregistration.k8s.io', ['apiservices'], read + ['update', 'patch']),
      rule('apiextensions.k8s.io', ['customresourcedefinitions'], read + ['update', 'patch']),
    ]),
    cainjectorLeases: k.roleWithBinding(this, this.workloadName('cainjector') + ':leaderelection', 'cainjector', leases([
      'cert-manager-cainjector-leader-election',
      'cert-manager-cainjector-leader-election-core',
    ])),

    // RBAC can't limit `create` to a name.
    webhookCA: k.roleWithBinding(this, this.workloadName('webhook') + ':dynamic-serving', 'webhook', [
      named('', ['secrets'], [this.workloadName('webhook') + '-ca'], read + ['update']),
      rule('', ['secrets'], ['create']),
    ]),
    webhookReviews: k.clusterRoleWithBinding(this, this.workloadName('webhook') + ':subjectaccessreviews', 'webhook', [
      rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
    ]),

    startupCheck: k.roleWithBinding(this, this.workloadName('startup-check') + ':create-cert', 'startup-check', [
      rule(cm, ['certificaterequests'], ['create']),
    ]),

    people: {
      clusterView: forPeople('cluster-view', ['cluster-reader'], [rule(cm, ['clusterissuers'], read)]),
      view: forPeople('view', ['view', 'edit', 'admin', 'cluster-reader'], [
        rule(cm, ['certificates', 'certificaterequests', 'issuers'], read),
        rule(acme, ['challenges', 'orders'], read),
      ]),
      // Nobody creates Challenges or Orders by hand: with them one could read the credentials of a ClusterIssuer (GHSA-8rvj-mm4h-c258).
      edit: forPeople('edit', ['edit', 'admin'], [
        rule(cm, ['certificates', 'certificaterequests', 'issuers'], ['create', 'delete', 'deletecollection', 'patch', 'update']),
        rule(cm, ['certificates/status'], ['update']),
        rule(acme, ['challenges'], ['delete', 'deletecollection', 'patch', 'update']),
        rule(acme, ['orders'], ['delete', 'deletecollection']),
      ]),
    },
  }
