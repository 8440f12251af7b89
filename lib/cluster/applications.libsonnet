// The app `applications`: one Application per app. The root Application applies it and hands its own commit down, so that a
// push moves through the waves in order instead of reaching every app at once.

local application(cluster, app, options) = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: app,
    namespace: cluster.get('argo-cd').namespace,
    labels: { 'app.kubernetes.io/part-of': cluster.name, 'app.kubernetes.io/managed-by': 'argocd' },
    annotations: {
      // Without the libraries' folders a change in them would not refresh the app.
      'argocd.argoproj.io/manifest-generate-paths': std.join(';', ['/' + path for path in [cluster.gitops.path] + cluster.gitops.libs]),
      'argocd.argoproj.io/sync-wave': std.toString(options.wave),
    },
    // Removing an app removes what it applied, but never the ground that other apps stand on.
    [if options.prune then 'finalizers']: ['resources-finalizer.argocd.argoproj.io'],
  },
  spec: {
    project: app,
    source: {
      repoURL: cluster.gitops.repoURL,
      targetRevision: options.revision,
      path: cluster.gitops.path,
      directory: {
        include: 'main.jsonnet',
        jsonnet: { libs: cluster.gitops.libs, tlas: options.arguments },
      },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace: options.namespace },
    [if options.ignoreDifferences != [] then 'ignoreDifferences']: options.ignoreDifferences,
    revisionHistoryLimit: 3,
    syncPolicy: {
      [if cluster.gitops.autoSync then 'automated']: { prune: options.prune, selfHeal: true },
      retry: {
        limit: -1,
        backoff: { duration: '10s', factor: 2, maxDuration: '3m' },
        // A retry takes the newest commit, so that the one that mends a stuck sync lands without help.
        refresh: true,
      },
      syncOptions: [
        'ServerSideApply=true',
        'CreateNamespace=false',
        'FailOnSharedResource=true',
        'RespectIgnoreDifferences=true',
        'PruneLast=true',
      ],
    },
  },
};

local argument(app) = [{ name: 'app', value: app }];

// The root is no app of its own making: the component argo-cd applies it. revision: what its children follow.
local root(cluster) = application(cluster, 'applications', {
  wave: 0,
  prune: true,
  revision: cluster.gitops.revision,
  namespace: cluster.get('argo-cd').namespace,
  // Argo CD replaces this name by the commit it is rendering.
  arguments: argument('applications') + [{ name: 'revision', value: '$ARGOCD_APP_REVISION' }],
  ignoreDifferences: [],
});

// applications(cluster, revision) -> [Application]; root(cluster) -> the Application above them.
{
  root:: root,
  all(cluster, revision)::
    local follow = if revision == null then cluster.gitops.revision else revision;
    local argoCD = cluster.get('argo-cd').namespace;
    [
      application(cluster, 'cluster', {
        wave: cluster.waves.cluster,
        prune: false,
        revision: follow,
        namespace: argoCD,
        arguments: argument('cluster'),
        ignoreDifferences: [],
      }),
    ] + [
      local component = cluster.enabled[name];
      application(cluster, name, {
        wave: cluster.waves[name],
        prune: true,
        revision: follow,
        namespace: component.namespace,
        arguments: argument(name),
        ignoreDifferences: component.ignoreDifferences,
      })
      for name in std.objectFields(cluster.enabled)
    ],
}
