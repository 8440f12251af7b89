// What the mesh is in every environment: who stays outside and why, and whom each proxy lets in.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { admits, meshPodOf, meshPoliciesOf, proxyPorts, type MeshPod } from './mesh-policy.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Workload {
  component: string;
  workload: string;
  namespace: string;
  labels: Record<string, string>;
}

interface Rendered {
  manifests: any[];
  workloads: (Workload & { ports: { name: string; port: number; protocol: string }[] })[];
  calls: { from: any; to: any; ports?: { port: number; protocol: string }[]; direct?: boolean }[];
  outside: { component: string; workload: string; reason: string }[];
}

const rendered = new Map<string, Promise<Rendered>>();

const render = (env: string, changes = '{}'): Promise<Rendered> => {
  const key = `${env} ${changes}`;
  const program = `
    local cluster = (import '${root}/environments/${env}/cluster.libsonnet') + ${changes};
    {
      manifests: std.flattenArrays([cluster.manifests(app) for app in cluster.apps if app != 'applications']),
      workloads: cluster.traffic.workloads,
      calls: cluster.traffic.calls,
      outside: cluster.traffic.outsideMesh,
    }`;
  const found = rendered.get(key) ?? (evaluate(program) as Promise<Rendered>);
  rendered.set(key, found);
  return found;
};

const environments = readdirSync(path.join(root, 'environments'));

const isWorkload = ({ kind }: any): boolean => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind);

const nameOf = (end: Workload): string => `${end.component}/${end.workload}`;

/** The pods of each workload. */
const podsOf = ({ manifests, workloads }: Rendered): Map<string, MeshPod> => {
  const pods = manifests.filter(isWorkload).map(meshPodOf);
  return new Map(
    workloads.flatMap((workload) => {
      const pod = pods.find(
        ({ namespace, labels }) =>
          namespace === workload.namespace &&
          Object.entries(workload.labels).every(([key, value]) => labels[key] === value),
      );
      return pod === undefined ? [] : [[nameOf(workload), pod] as const];
    }),
  );
};

const argoCD = 'It is there before Linkerd, and must be able to mend it.';
const before = 'Linkerd needs it, and so it is there first.';

/** `<component>/<workload>`, or `<component>/*` for all of its workloads -> why it stays outside, somewhere. */
const outside: Record<string, string> = {
  'argo-cd/*': argoCD,
  'cert-manager/*': before,
  'metrics-server/*': 'The API server calls it, which has no proxy; it calls kubelets, which have none either.',
  'object-storage/buckets': 'A Job: it must end, whatever state the mesh is in, for Argo CD to go on.',
  'trust-manager/*': before,
};

test('those that stay outside are these, for these reasons', async () => {
  const used = new Set<string>();
  for (const env of environments) {
    for (const { component, workload, reason } of (await render(env)).outside) {
      const key = [`${component}/${workload}`, `${component}/*`].find((name) => name in outside);
      assert.ok(key !== undefined, `${env}: ${component}/${workload} stays outside: ${reason}`);
      assert.equal(reason, outside[key], `${env}: ${component}/${workload}`);
      used.add(key);
    }
  }
  assert.deepEqual([...used].sort(), Object.keys(outside).sort());
  const page = readFileSync(path.join(root, 'docs/mesh.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+\/[a-z*-]+)` +\| (.+?) +\|$/gm)].map(([, name, why]) => [name, why]);
  assert.deepEqual(rows, Object.entries(outside), 'docs/mesh.md lists them');
});

test('Jobs, pods in the network of the node and pods that Argo CD runs as hooks stay outside', async () => {
  for (const env of environments) {
    const { manifests } = await render(env);
    for (const manifest of manifests.filter(isWorkload)) {
      const isHook = manifest.metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined;
      if (manifest.kind !== 'Job' && !isHook && manifest.spec.template.spec.hostNetwork !== true) continue;
      assert.equal(meshPodOf(manifest).hasProxy, false, `${env}: ${manifest.kind}/${manifest.metadata.name}`);
    }
  }
});

test('kubelets may probe meshed pods: by GET without TLS, which Linkerd lets in, or by connecting', async () => {
  let probes = 0;
  for (const env of environments) {
    for (const manifest of (await render(env)).manifests.filter(isWorkload)) {
      if (!meshPodOf(manifest).hasProxy) continue;
      for (const container of manifest.spec.template.spec.containers) {
        for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
          const probe = container[kind];
          if (probe === undefined) continue;
          probes += 1;
          const where = `${env}: ${manifest.metadata.name} ${container.name} ${kind}`;
          assert.ok(probe.httpGet !== undefined || probe.tcpSocket !== undefined, where);
          assert.notEqual(probe.httpGet?.scheme, 'HTTPS', where);
        }
        // Hooks are no probes: nobody lets them in.
        for (const hook of Object.values<any>(container.lifecycle ?? {})) {
          if (hook.httpGet === undefined) continue;
          assert.ok(meshPodOf(manifest).skipInbound.has(hook.httpGet.port), `${env}: ${manifest.metadata.name} hook`);
        }
      }
    }
  }
  assert.ok(probes > 50, String(probes));
});

/** Who is let in where: `<component>/<workload>:<port>` -> callers with a proxy. */
const admitted = (result: Rendered): { lines: Map<string, string[]>; wrong: string[]; compared: number } => {
  const pods = podsOf(result);
  const policies = meshPoliciesOf(result.manifests);
  const declared = new Set<string>();
  const open = new Set<string>();
  for (const { from, to, ports = [], direct } of result.calls) {
    for (const { port } of ports) {
      if ('peer' in from) open.add(`${nameOf(to)}:${port}`);
      else if (direct !== true || port === proxyPorts.admin) declared.add(`${nameOf(from)} -> ${nameOf(to)}:${port}`);
    }
  }
  const lines = new Map<string, string[]>();
  const wrong: string[] = [];
  let compared = 0;
  for (const callee of result.workloads) {
    const to = pods.get(nameOf(callee));
    if (to?.hasProxy !== true || to.defaultPolicy !== 'deny') continue;
    const ports = [...callee.ports, { name: 'linkerd-admin', port: proxyPorts.admin, protocol: 'TCP' }];
    for (const port of ports.filter(({ protocol, port: n }) => protocol === 'TCP' && !to.skipInbound.has(n))) {
      const place = `${nameOf(callee)}:${port.port}`;
      const callers: string[] = [];
      for (const caller of result.workloads) {
        const from = pods.get(nameOf(caller));
        if (from === undefined || caller === callee) continue;
        compared += 1;
        const isIn = admits(
          policies,
          { address: 'pod', ...(from.hasProxy ? { serviceAccount: from.serviceAccount } : {}) },
          to,
          port,
        );
        // A caller without a proxy is known by its address alone, like every other pod: NetworkPolicies tell them apart.
        if (!from.hasProxy) continue;
        if (isIn) callers.push(nameOf(caller));
        const isDeclared = declared.has(`${nameOf(caller)} -> ${place}`);
        const hasBareCallers = admits(policies, { address: 'pod' }, to, port);
        if (isIn !== isDeclared && !open.has(place) && !hasBareCallers)
          wrong.push(`${nameOf(caller)} -> ${place} is ${isIn ? 'let in' : 'refused'}`);
      }
      lines.set(place, callers);
    }
  }
  return { lines, wrong, compared };
};

for (const env of environments) {
  test(`${env}: proxies alone let declared callers in and nobody else, whatever NetworkPolicies say`, async () => {
    const result = await render(env);
    const { lines, wrong, compared } = admitted(result);
    assert.deepEqual(wrong, []);
    assert.ok(lines.size > 20 && compared > 300, `${lines.size} ports, ${compared} pairs`);
    // Without a certificate nobody reaches what has no password.
    const pods = podsOf(result);
    const policies = meshPoliciesOf(result.manifests);
    for (const { component, workload, ports } of result.workloads) {
      if (!['mimir', 'loki', 'tempo', 'grafana'].includes(component)) continue;
      for (const port of ports.filter(({ protocol }) => protocol === 'TCP')) {
        const pod = pods.get(`${component}/${workload}`);
        assert.equal(admits(policies, { address: 'pod' }, pod, port), false, `${component}/${workload}:${port.port}`);
        assert.equal(admits(policies, { address: 'elsewhere' }, pod, port), false);
      }
    }
  });
}

test('home: who reaches Mimir, Loki, Tempo and Grafana', async () => {
  const { lines } = admitted(await render('home'));
  const callers = [...lines].filter(
    ([place, names]) => /^(mimir|loki|tempo|grafana)\//.test(place) && !place.endsWith(':4191') && names.length > 0,
  );
  assert.deepEqual(Object.fromEntries(callers), {
    'grafana/server:3000': ['alloy/collector', 'contour/envoy'],
    'loki/loki:3100': ['alloy/collector', 'alloy-node/agent', 'grafana/server'],
    'mimir/mimir:8080': [
      'alloy/collector',
      'alloy-node/agent',
      'grafana/server',
      'linkerd-viz/metrics-api',
      'loki/loki',
      'tempo/tempo',
    ],
    'tempo/tempo:3200': ['alloy/collector', 'grafana/server'],
    'tempo/tempo:4317': ['alloy/collector'],
  });
});

test('a policy that is missing or names somebody else is seen', async () => {
  const result = await render('home');
  const without = (kind: string, name: string): Rendered => ({
    ...result,
    manifests: result.manifests.filter((m) => m.kind !== kind || m.metadata.name !== name),
  });
  assert.ok(
    admitted(without('AuthorizationPolicy', 'grafana-http')).wrong.includes(
      'contour/envoy -> grafana/server:3000 is refused',
    ),
  );
  assert.ok(
    admitted(without('MeshTLSAuthentication', 'grafana-http')).wrong.includes(
      'contour/envoy -> grafana/server:3000 is refused',
    ),
  );
  const widened = {
    ...result,
    manifests: result.manifests.map((m) =>
      m.kind === 'MeshTLSAuthentication' && m.metadata.name === 'mimir-gossip'
        ? { ...m, spec: { identityRefs: [{ kind: 'ServiceAccount', name: 'loki', namespace: 'loki' }] } }
        : m,
    ),
  };
  assert.ok(admitted(widened).wrong.includes('loki/loki -> mimir/mimir:7946 is let in'));
});

test('where Linkerd is off no environment knows of a mesh', async () => {
  for (const env of environments) {
    const { manifests, outside: listed } = await render(
      env,
      `{ components+: { [name]+: { enabled: false } for name in ['linkerd', 'linkerd-viz', 'trust-manager'] } }`,
    );
    assert.deepEqual(listed, []);
    const traces = manifests.filter((m) => /linkerd|l5d-|"port":4143/.test(JSON.stringify(m)));
    assert.deepEqual(
      traces.map((m) => `${m.kind}/${m.metadata.name}`),
      [],
    );
  }
});
