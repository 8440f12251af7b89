// Clusters with Argo CD for its tests, and what is read from them.
import assert from 'node:assert/strict';
import { evaluate, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';

/** A cluster of Argo CD with these settings, cert-manager, Contour and a small component. */
export const clusterWith = (settings = '', extra = '{}', others = ''): string =>
  clusterOf(
    `{
      'argo-cd': (import 'argo-cd/main.libsonnet') { ${settings} },
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      echo: echo,
      ${others}
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + (${extra})`,
  );

export const withCluster = (expression: string, settings = '', extra = '{}', others = ''): string =>
  `local cluster = ${clusterWith(settings, extra, others)}; ${expression}`;

const rendered = new Map<string, Promise<any[]>>();

/** What an app applies, Argo CD's when none is named; each variant is evaluated once for all tests of a file. */
export const manifestsOf = (settings = '', extra = '{}', app = 'argo-cd'): Promise<any[]> => {
  const code = withCluster(`cluster.manifests('${app}')`, settings, extra);
  if (!rendered.has(code)) rendered.set(code, evaluate(code));
  return rendered.get(code)!;
};

export const errorOf = (settings: string, extra = '{}'): Promise<string> =>
  evaluateError(withCluster(`cluster.manifests('argo-cd')`, settings, extra));

export const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(' ')}`);
  return found[0];
};

export const named = (manifests: any[], kind: string): string[] => {
  const names = manifests.filter((m) => m.kind === kind).map((m) => m.metadata.name);
  return names.sort();
};

export const workloads = (manifests: any[]): any[] =>
  manifests.filter((m) => ['Deployment', 'StatefulSet'].includes(m.kind));

export const mainContainer = (workload: any): any => workload.spec.template.spec.containers[0];

/** The numbers of the ports that a workload may call. */
export const calledPorts = (manifests: any[], name: string): number[] =>
  find(manifests, 'NetworkPolicy', name).spec.egress.flatMap((rule: any) => rule.ports.map((p: any) => p.port));

export const settingsOf = (manifests: any[]): Record<string, string> => find(manifests, 'ConfigMap', 'argocd-cm').data;

export const parametersOf = (manifests: any[]): Record<string, string> =>
  find(manifests, 'ConfigMap', 'argocd-cmd-params-cm').data;

export const annotationsOf = (manifest: any): Record<string, string> => manifest.metadata.annotations ?? {};

export const highlyAvailable = `{ profile: 'highly-available' }`;

export const optional = ['applicationset-controller', 'dex-server', 'notifications-controller'];

/** Settings that switch these programs on or off. */
export const running = (roles: Record<string, boolean>): string => `
  run+: ${JSON.stringify(roles)},
  connectors: [{ type: 'github', id: 'github', name: 'GitHub', config: { clientID: 'x', clientSecret: '$github:secret' } }],
`;

export const everything = running(Object.fromEntries(optional.map((role) => [role, true])));
