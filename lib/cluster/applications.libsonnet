// The app `applications`: one Application per app. The root Application applies it and hands its own commit down, so that a
// push moves through the waves in order instead of reaching every app at once.
//
// What Argo CD 3.5 does, as its source says (controller/appcontroller.go, controller/sync.go), decides the policies below:
// - A sync waits for the health of each wave; lib/argo-cd/files/application-health.lua says what that is for an Application.
// - A new commit starts no sync while one is under way, be it that it waits or that it is tried again. `retry.refresh` takes
//   the newest commit at each new try, but of the source that the sync began with. For the root that is a branch, so it may
//   try for ever. A child's source is one commit: its sync must come to an end before another one can begin.
// - A sync that came to an end without success is not begun again for the same commit.

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
    } + options.annotations,
    // Removing an app removes what it applied, but never the ground that other apps stand on.
    [if options.cascade then 'finalizers']: ['resources-finalizer.argocd.argoproj.io'],
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
      retry: options.retry,
      syncOptions: [
        // Some definitions are larger than the annotation of a client-side apply may be, and others write into our objects.
        'ServerSideApply=true',
        'RespectIgnoreDifferences=true',
        // Two apps with the same object would undo each other's changes.
        'FailOnSharedResource=true',
      ] + options.syncOptions,
    },
  },
};

local argument(app) = [{ name: 'app', value: app }];

local child = {
  wave: 0,
  annotations: {},
  cascade: false,
  prune: true,
  // Two minutes in all: Argo CD waits duration x factor^n before the n-th retry, 10 s, 20 s and three times 30 s. As long as
  // it tries, no other commit can begin.
  retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '30s' } },
  syncOptions: [],
  ignoreDifferences: [],
};

// root(cluster) -> the Application above all. The component argo-cd applies it.
local root(cluster) = application(cluster, 'applications', child {
  annotations: {
    // Its app must not wait for it: it waits for that app.
    'argocd.argoproj.io/ignore-healthcheck': 'true',
    // And deleting it, or its app, must not delete everything else.
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  },
  revision: cluster.gitops.revision,
  namespace: cluster.get('argo-cd').namespace,
  // Argo CD replaces this name by the commit it is rendering.
  arguments: argument('applications') + [{ name: 'revision', value: '$ARGOCD_APP_REVISION' }],
  retry: { limit: -1, backoff: { duration: '5s', factor: 2, maxDuration: '30s' }, refresh: true },
  // An app goes when everything that stays is healthy.
  syncOptions: ['PruneLast=true'],
});

// applications(cluster, revision) -> [Application]; root(cluster) -> the Application above them.
{
  root:: root,
  all(cluster, revision)::
    local follow = if revision == null then cluster.gitops.revision else revision;
    local argoCD = cluster.get('argo-cd');
    [
      application(cluster, 'cluster', child {
        wave: cluster.waves.cluster,
        prune: false,
        revision: follow,
        namespace: argoCD.namespace,
        arguments: argument('cluster'),
      }),
    ] + [
      local component = cluster.enabled[name];
      application(cluster, name, child {
        wave: cluster.waves[name],
        // Argo CD can't finish deleting itself.
        cascade: component.cascade && name != argoCD.name,
        revision: follow,
        namespace: component.namespace,
        arguments: argument(name),
        ignoreDifferences: component.ignoreDifferences,
      })
      for name in std.objectFields(cluster.enabled)
    ],
}
