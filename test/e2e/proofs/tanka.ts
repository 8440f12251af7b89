// `tk diff` against a real API server: nothing to tell of what is as Git says, and what was changed by hand.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '../../helpers/tools.ts';
import { readContext } from '../context.ts';
import { findKubectl } from '../rig/find-kubectl.ts';
import { writeKubeconfig } from '../rig/kubeconfig.ts';
import { renderEnvironment, repositoryRoot } from '../rig/rendered.ts';
import { startServer } from '../rig/server.ts';

const { environment, folder } = readContext();
const tk = findTool('tk');
const kubectl = findKubectl();
const skip = (tk === undefined || kubectl === undefined) && 'tk and kubectl must be installed';

const api = await startServer();
const env = {
  ...process.env,
  KUBECONFIG: writeKubeconfig(join(folder, 'kubeconfig'), api.access),
  // Every rig has the same address, and kubectl remembers by address what a server serves.
  KUBECACHEDIR: join(folder, 'kube-cache'),
  PATH: [dirname(kubectl ?? '/'), process.env.PATH].join(delimiter),
};
const diff = () => {
  const args = ['diff', `environments/${environment}/tanka.jsonnet`, '--tla-str', 'context=e2e', '-t', 'namespace/.*'];
  return spawnSync(tk!, args, { cwd: repositoryRoot, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
};

test('tk diff tells of nothing, of what is missing, and of a change by hand', { skip }, async () => {
  const cluster = (await renderEnvironment(environment)).find(({ app }) => app === 'cluster')!;
  const namespaces = cluster.manifests.filter(({ kind }) => kind === 'Namespace');
  const [first, ...others] = namespaces;
  for (const namespace of others) await api.apply(namespace, { fieldManager: 'argocd-controller' });

  const missing = diff();
  assert.equal(missing.status, 16, missing.stderr);
  assert.match(missing.stdout, new RegExp(`^\\+  name: ${first!.metadata.name}$`, 'm'));
  assert.ok(!others.some(({ metadata }) => missing.stdout.includes(`\n+  name: ${metadata.name}\n`)));

  await api.apply(first!, { fieldManager: 'argocd-controller' });
  const none = diff();
  assert.equal(none.status, 0, `${none.stdout}\n${none.stderr}`);

  const label = 'pod-security.kubernetes.io/enforce';
  const other = first!.metadata.labels![label] === 'privileged' ? 'baseline' : 'privileged';
  const byHand = { ...first!, metadata: { name: first!.metadata.name, labels: { [label]: other } } };
  await api.apply(byHand, { fieldManager: 'somebody', force: true });
  const changed = diff();
  assert.equal(changed.status, 16, changed.stderr);
  assert.match(changed.stdout, new RegExp(`^-    ${label}: ${other}$`, 'm'));
});
