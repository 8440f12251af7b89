import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors, configOf, everything, problemsOf } from './collectors-cluster.ts';
import { container, find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';

const settings = (text: string) => collectors({ settings: { 'alloy-node': text } });

const rendered = await evaluateAll({
  small: app('alloy-node', collectors()),
  files: configOf('alloy-node', collectors()),
  everything: configOf('alloy-node', collectors(everything)),
  noMimir: app('alloy-node', collectors({ off: ['mimir'] })),
  noLoki: configOf('alloy-node', collectors({ off: ['loki'] })),
  quiet: configOf('alloy-node', settings(`{ journal+: { enabled: false } }`)),
  namespaces: `[m for m in ${app('cluster', collectors())} if m.kind == 'Namespace']`,
  elsewhere: problemsOf('alloy-node', settings(`{ journal+: { path: '/run/log/journal' } }`)),
  nothing: problemsOf('alloy-node', collectors({ off: ['loki', 'mimir'] })),
});

const daemonSet = (manifests: any[]) => find(manifests, 'DaemonSet', 'alloy-node');

test('it runs on every node, as root that may nothing but read logs; what sees the whole disk is not root', () => {
  const set = daemonSet(rendered.small);
  const pod = set.spec.template.spec;
  assert.deepEqual(pod.tolerations, [{ operator: 'Exists' }]);
  assert.equal(pod.hostNetwork, undefined);
  assert.equal(pod.hostPID, undefined);

  const agent = container(set, 'agent');
  assert.deepEqual(agent.securityContext, {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsGroup: 0,
    runAsNonRoot: false,
    runAsUser: 0,
  });
  const mounts = (name: string) =>
    Object.fromEntries(container(set, name).volumeMounts.map((m: any) => [m.name, m.readOnly ?? false]));
  assert.deepEqual(mounts('agent'), { config: true, data: false, tmp: false, logs: true });
  assert.deepEqual(mounts('node-exporter'), { proc: true, sys: true, root: true });
  assert.equal(container(set, 'node-exporter').securityContext.runAsUser, 65534);
});

test('its namespace alone is privileged, and says why', () => {
  for (const { metadata } of rendered.namespaces) {
    const level = metadata.labels['pod-security.kubernetes.io/enforce'];
    if (metadata.name === 'alloy-node')
      assert.match(metadata.annotations['rekindle/pod-security-reason'], /log files of the node/);
    assert.equal(level, metadata.name === 'alloy-node' ? 'privileged' : 'restricted', metadata.name);
  }
});

test('logs: the files of the pods of its node, with namespace, pod, container and job; the journal with its units', () => {
  const text = rendered.files['logs.alloy'];
  assert.match(text, /field = "spec\.nodeName=" \+ sys\.env\("NODE_NAME"\)/);
  assert.match(text, /replacement = "\/var\/log\/pods\/\*\$1\/\*\.log"/);
  for (const label of ['namespace', 'pod', 'container', 'job', '__path__'])
    assert.match(text, new RegExp(`target_label = "${label}"`), label);
  assert.match(text, /labels = \{ "job" = "kube-system\/journal", "node" = sys\.env\("NODE_NAME"\) \}/);
  const all = rendered.everything['logs.alloy'];
  assert.match(all, /action = "drop"\n\s+regex = "noisy"/);
  assert.match(all, /action = "keep"\n\s+regex = "kubelet\\\\\.service"/);
  assert.ok(!rendered.quiet['logs.alloy'].includes('journal'));
});

test('metrics: kubelet, probes and containers are targets apart; the kubelet’s certificate is checked', () => {
  const text = rendered.files['metrics.alloy'];
  const targets = [...text.matchAll(/targets = \[(.*)\]/g)].map(([, target]) => target!);
  assert.equal(new Set(targets).size, 4);
  for (const target of targets) {
    assert.match(target, /"instance" = sys\.env\("NODE_NAME"\)/);
    assert.match(target, /"__metrics_path__" = ("[^"]+").*"metrics_path" = \1/);
  }
  assert.equal(text.match(/ca_file = /g)!.length, 3);
  assert.ok(!text.includes('insecure_skip_verify'));
  assert.ok(!rendered.everything['metrics.alloy'].includes('ca_file'));
});

test('what passes through the node becomes metrics of node-exporter', () => {
  const text = rendered.files['metrics.alloy'];
  for (const name of ['node_network_${1}_${2}_total', 'node_network_${1}_errs_total', 'node_network_${1}_drop_total'])
    assert.ok(text.includes(`replacement = "${name}"`), name);
  assert.match(text, /regex = "__node"/);
});

test('without Mimir nothing of the disk is mounted but logs, without Loki no log is read', () => {
  const set = daemonSet(rendered.noMimir);
  assert.deepEqual(
    set.spec.template.spec.volumes.map((v: any) => v.name),
    ['config', 'tmp', 'data', 'logs'],
  );
  assert.equal(set.spec.template.spec.containers.length, 1);
  assert.equal(rendered.noLoki['logs.alloy'], undefined);
});

test('refused: a journal that is not mounted, and an agent that stores nothing', () => {
  assert.deepEqual(rendered.elsewhere, [
    'test: components.alloy-node.journal.path: only /var/log of the node is there for it; /run/log/journal lies elsewhere',
  ]);
  assert.match(rendered.nothing[0], /enabled: loki and mimir are off/);
});
