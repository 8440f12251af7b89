// The app `cluster`: what must be there before any component, and must stay when one is removed. Argo CD never prunes it.
local mesh = import '../component/mesh.libsonnet';
local exposure = import 'exposure.libsonnet';

local protected = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

// The Pod Security version is the oldest Kubernetes that we support, so that an upgrade of the cluster tightens nothing by itself.
local podSecurityVersion = 'v1.34';

local labels(cluster) = {
  'app.kubernetes.io/managed-by': 'argocd',
  'app.kubernetes.io/part-of': cluster.name,
};

local strictness = { privileged: 0, baseline: 1, restricted: 2 };

// The least strict level that anybody asks of a namespace.
local level(claims) =
  std.foldl(
    function(found, asked) if strictness[asked.level] < strictness[found.level] then asked else found,
    [claim.podSecurity for claim in claims],
    { level: 'restricted', reason: null },
  );

local namespace(cluster, name, claims) =
  local security = level(claims);
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: name,
      labels: labels(cluster) {
        ['pod-security.kubernetes.io/' + mode]: security.level
        for mode in ['enforce', 'audit', 'warn']
      } + {
        ['pod-security.kubernetes.io/%s-version' % mode]: podSecurityVersion
        for mode in ['enforce', 'audit', 'warn']
      } + std.foldl(function(all, claim) all + claim.namespaceLabels, claims, {}),
      annotations: if security.reason == null then {} else { 'rekindle/pod-security-reason': security.reason },
    },
  };

local defaultDeny(cluster, name) = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'default-deny', namespace: name, labels: labels(cluster) },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};

// A namespace in which somebody else's programs run, such as jobs of CI, may have bounds. They are here and not in the
// component's app, whose project forbids it to set its own.
local bounds(cluster, name, declared) =
  local object(kind, spec) = { apiVersion: 'v1', kind: kind, metadata: { name: 'bounds', namespace: name, labels: labels(cluster) }, spec: spec };
  (if std.objectHas(declared, 'quota') then [object('ResourceQuota', { hard: declared.quota })] else [])
  + (if std.objectHas(declared, 'limits') then [object('LimitRange', { limits: declared.limits })] else []);

// Who asks for which namespace: [{ namespace, podSecurity, namespaceLabels }].
local claims(components) = std.flattenArrays([
  [
    { namespace: component.namespace, podSecurity: component.podSecurity, namespaceLabels: component.namespaceLabels },
    // For the sake of the mesh.
    { namespace: component.namespace, podSecurity: mesh.podSecurity(component), namespaceLabels: {} },
  ]
  + [
    { podSecurity: { level: 'restricted', reason: null }, namespaceLabels: {} } + component.namespaces[name] { namespace: name }
    for name in std.objectFields(component.namespaces)
  ]
  for component in components
]);

local project(cluster, component) = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: component.name, namespace: cluster.get('argo-cd').namespace, labels: labels(cluster) },
  spec: {
    description: 'What the app %s may apply, and where.' % component.name,
    sourceRepos: [cluster.gitops.repoURL],
    destinations: [
      { server: 'https://kubernetes.default.svc', namespace: name }
      for name in std.set(
        [component.namespace] + component.otherNamespaces + std.objectFields(component.namespaces)
        + (if component.name == 'contour' then [other.namespace for other in exposure.lent(cluster)] else [])
      )
    ],
    clusterResourceWhitelist: component.clusterKinds,
    // Quotas belong to whoever runs the cluster, not to what runs in it.
    namespaceResourceBlacklist: [{ group: '', kind: kind } for kind in ['LimitRange', 'ResourceQuota']],
  },
};

// The projects of the two apps that are no components, and the one that Argo CD would make by itself.
local ownProjects(cluster) =
  local argoCD = cluster.get('argo-cd').namespace;
  local own(name, description, spec) = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: name, namespace: argoCD, labels: labels(cluster) },
    spec: { description: description, sourceRepos: [cluster.gitops.repoURL] } + spec,
  };
  local server = 'https://kubernetes.default.svc';
  [
    own('applications', 'The root: it applies Applications and nothing else.', {
      destinations: [{ server: server, namespace: argoCD }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }],
    }),
    own('cluster', 'The ground that the components stand on.', {
      // Every namespace: what it may do is asked before it applies anything, so that it could not let itself into a new one.
      destinations: [{ server: server, namespace: '*' }],
      clusterResourceWhitelist: [
        { group: '', kind: 'Namespace' },
        { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
        { group: 'scheduling.k8s.io', kind: 'PriorityClass' },
      ],
      namespaceResourceWhitelist: [
        { group: 'argoproj.io', kind: 'AppProject' },
        { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
        { group: '', kind: 'LimitRange' },
        { group: '', kind: 'ResourceQuota' },
      ],
    }),
    // Argo CD's server makes a project that may do everything, where there is none of that name.
    own('default', 'May do nothing: every Application names its own project.', {
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [],
    }),
  ];

local priorityClass(cluster) = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'infrastructure', labels: labels(cluster) },
  value: 1000000,
  description: 'What the cluster itself needs: it goes last when a node runs out of room.',
};

// base(cluster) -> [manifest]
function(cluster)
  local components = [cluster.enabled[name] for name in std.objectFields(cluster.enabled)];
  local claimed = claims(components);
  local namespaces = [name for name in std.set([claim.namespace for claim in claimed]) if !std.member(protected, name)];
  // What is no longer in Git stays, and does not keep the app from being in sync: a wave would wait for that for ever.
  local stays = {
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  };
  local inWave(number, objects) = [
    object { metadata+: { annotations+: stays { 'argocd.argoproj.io/sync-wave': std.toString(number) } } }
    for object in objects
  ];
  // Two instances of one component bring the same definitions.
  inWave(-2, std.set(std.flattenArrays([component.crds for component in components]), function(crd) crd.metadata.name))
  + inWave(-1, [
    namespace(cluster, name, [claim for claim in claimed if claim.namespace == name])
    for name in namespaces
  ])
  + inWave(
    0,
    [priorityClass(cluster)]
    + [defaultDeny(cluster, name) for name in namespaces]
    + std.flattenArrays([
      bounds(cluster, name, component.namespaces[name])
      for component in components
      for name in std.objectFields(component.namespaces)
    ])
    + (if cluster.has('argo-cd') then ownProjects(cluster) + [project(cluster, component) for component in components] else []),
  )
