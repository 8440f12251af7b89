import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';

const url = 'git://git-server.git-server.svc/repository.git';

const slice = (expression: string, more = '', repoURL = url): string => `
  local cluster = (import 'cluster/main.libsonnet') {
    name: 'test',
    domain: 'example.org',
    gitops+: { repoURL: '${repoURL}' },
    infrastructure+: { target: 'kind' },
    certificates+: { issuer: 'self-signed-ca' },
    components+: {
      [name]+: { enabled: false }
      for name in std.objectFields(super.components)
      if !std.member(['argo-cd', 'cert-manager', 'git-server'], name)
    } + { 'git-server'+: { enabled: true } } + { ${more} },
  };
  ${expression}`;

test('Argo CD reads from it and from no other place, and comes after it', async () => {
  const { waves, egress } = await evaluate(
    slice(`{
      waves: cluster.waves,
      egress: [p.spec.egress for p in cluster.manifests('argo-cd') if p.kind == 'NetworkPolicy' && p.metadata.name == 'argocd-repo-server'][0],
    }`),
  );
  assert.ok(waves['git-server'] < waves['argo-cd']);
  const git = egress.filter(({ ports }: any) => ports.some(({ port }: any) => port === 9418));
  assert.equal(git.length, 1);
  assert.equal(git[0].to[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'], 'git-server');
});

test('it can read the repository and nothing else, and the kubelet changes no file of it', async () => {
  const manifests = await evaluate(slice(`cluster.manifests('git-server')`));
  const { spec } = manifests.find(({ kind }: any) => kind === 'Deployment').spec.template;
  assert.equal(spec.securityContext.fsGroup, undefined);
  assert.deepEqual(spec.containers[0].volumeMounts, [
    { name: 'repository', mountPath: '/repositories/repository.git', readOnly: true },
  ]);
  assert.equal(spec.volumes[0].persistentVolumeClaim.readOnly, true);
});

test('kind mounts the repository of the machine, so that nobody can write to it', async () => {
  const { nodes } = await evaluate(slice('cluster.kind'));
  assert.deepEqual(nodes[0].extraMounts, [{ hostPath: '.git', containerPath: '/mnt/repository.git', readOnly: true }]);
});

test('a server from which nobody reads is a mistake, and so is a relative folder', async () => {
  const wrong = await evaluateError(slice(`cluster.manifests('git-server')`, '', 'https://git.example.org/x.git'));
  assert.match(
    wrong,
    /components\.git-server\.enabled: nobody reads from it; set gitops\.repoURL of the cluster to git:\/\/git-server/,
  );
  const relative = await evaluateError(slice(`cluster.manifests('git-server')`, `'git-server'+: { hostPath: '.git' }`));
  assert.match(relative, /hostPath: "\.git" must begin with \//);
});
