// Every place where a pod of ours is less than hardened, with its reason. A new exception fails here until it has one.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** `<env>/<workload>: <gap>`, with `*` for every environment -> the reason. */
const exceptions: Record<string, string> = {
  '*/alloy-node: agent may run as root':
    'The container runtime writes log files as root, for root alone. It drops every capability all the same.',
  '*/alloy-node: mounts hostPath data': 'How far it has read must outlive the pod, or every line is sent twice.',
  '*/alloy-node: mounts hostPath logs': 'The log files of the pods and of the node.',
  '*/alloy-node: mounts hostPath proc': 'What node-exporter measures; read only, and not as root.',
  '*/alloy-node: mounts hostPath root': 'How full the file systems of the node are; read only, and not as root.',
  '*/alloy-node: mounts hostPath sys': 'What node-exporter measures; read only, and not as root.',
  '*/contour-envoy: shutdown-manager has no liveness probe':
    'Ending it runs its hook, and with that drains an Envoy in good health; upstream has none either.',
  ...Object.fromEntries(
    ['destination', 'identity', 'proxy-injector'].map((role) => [
      `*/linkerd-${role}: linkerd-init adds capabilities`,
      'It leads the traffic of its pod through the proxy (NET_ADMIN, NET_RAW), as the injector does elsewhere; with linkerd-cni it goes.',
    ]),
  ),
  '*/linux: runner writes to its root file system':
    'A runner of GitHub Actions unpacks actions and tools beside itself; the pod goes with its one job.',
  'kind/contour-envoy: envoy binds a host port':
    'On kind the ports 80 and 443 of the machine reach the node, and from there only a host port reaches Envoy.',
};

const clusters = readdirSync(path.join(root, 'environments'));

const manifestsOf = (env: string): Promise<any[]> =>
  evaluate(`local cluster = import '${root}/environments/${env}/cluster.libsonnet';
    std.flattenArrays([cluster.manifests(app) for app in cluster.apps])`);

test('pods are hardened but for the listed exceptions, and every exception is still needed', async () => {
  const used = new Set<string>();
  const unexplained: string[] = [];
  let pods = 0;
  for (const env of clusters) {
    for (const manifest of await manifestsOf(env)) {
      const pod = manifest.spec?.template?.spec;
      if (pod?.containers === undefined) continue;
      pods += 1;
      for (const gap of gapsOf(pod, manifest.kind)) {
        const found = ['*', env]
          .map((where) => `${where}/${manifest.metadata.name}: ${gap}`)
          .find((key) => key in exceptions);
        if (found === undefined) unexplained.push(`${env}/${manifest.metadata.name}: ${gap}`);
        else used.add(found);
      }
    }
  }
  assert.ok(pods > 20, `${pods} pods`);
  assert.deepEqual(unexplained, []);
  assert.deepEqual([...used].sort(), Object.keys(exceptions).sort());
});

test('namespaces enforce restricted unless they say why not, and every namespace denies by default', async () => {
  for (const env of clusters) {
    const manifests = await manifestsOf(env);
    const namespaces = manifests.filter((m) => m.kind === 'Namespace');
    for (const { metadata } of namespaces) {
      const level = metadata.labels['pod-security.kubernetes.io/enforce'];
      assert.ok(
        level === 'restricted' || metadata.annotations['rekindle/pod-security-reason'] !== undefined,
        metadata.name,
      );
      const policies = manifests.filter((m) => m.kind === 'NetworkPolicy' && m.metadata.namespace === metadata.name);
      const denies = policies.some(
        (p) =>
          Object.keys(p.spec.podSelector).length === 0 && p.spec.ingress === undefined && p.spec.egress === undefined,
      );
      assert.ok(denies, `${env}/${metadata.name} lacks a default deny`);
    }
    assert.ok(namespaces.length >= 4);
  }
});

test('rules with * and cluster-wide reading of Secrets are those that are known', async () => {
  const wildcard = new Set<string>();
  const secrets = new Set<string>();
  for (const env of clusters) {
    for (const { kind, metadata, rules } of await manifestsOf(env)) {
      if (kind !== 'ClusterRole' && kind !== 'Role') continue;
      for (const rule of rules ?? []) {
        if ([...(rule.apiGroups ?? []), ...(rule.resources ?? []), ...rule.verbs].includes('*'))
          wildcard.add(metadata.name);
        const reads = rule.verbs.some((verb: string) => ['*', 'get', 'list', 'watch'].includes(verb));
        if (kind === 'ClusterRole' && reads && (rule.resources ?? []).includes('secrets')) secrets.add(metadata.name);
      }
    }
  }
  // Argo CD applies whatever the repository says; its server shows and edits any object for those who may.
  assert.deepEqual([...wildcard].sort(), ['argo-cd-application-controller', 'argo-cd-server']);
  // cert-manager writes certificates into Secrets of any namespace, Contour serves them from there.
  assert.deepEqual([...secrets].sort(), [
    'cert-manager-cainjector',
    'cert-manager-controller-certificates',
    'cert-manager-controller-challenges',
    'cert-manager-controller-clusterissuers',
    'cert-manager-controller-issuers',
    'cert-manager-controller-orders',
    'contour',
  ]);
});
