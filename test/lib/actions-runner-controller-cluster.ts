// What the tests of the runners of GitHub Actions share: a cluster with them, and looks at what comes out.
import assert from 'node:assert/strict';
import { clusterOf } from './fixture.ts';

/** A scale set with what must be said, and more. */
export const set = (more = ''): string =>
  `{ url: 'https://github.com/example', credentials: { secretName: 'github', kind: 'app' }, ${more} }`;

/** What is said of a scale set in a container mode, and more. */
export const mode = (name: string, more = ''): string => `containerMode: '${name}', ${more}`;

export const cluster = (settings: string, extra = '{}'): string =>
  clusterOf(
    `{ 'actions-runner-controller': (import 'actions-runner-controller/main.libsonnet') + ${settings} }`,
    extra,
  );

export const app = (settings: string, extra = '{}', name = 'actions-runner-controller'): string =>
  `(${cluster(settings, extra)}).manifests('${name}')`;

/** The same with one scale set, `main`, of which more is said. */
export const one = (more = '', extra = '{}', name?: string): string =>
  app(`{ scaleSets: { main: ${set(more)} } }`, extra, name);

export const problemsOf = (settings: string): string =>
  `local c = ${cluster(settings)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.wired['actions-runner-controller'])`;

export const find = (manifests: any[], kind: string, name: string, namespace?: string): any => {
  const found = manifests.find(
    (m) =>
      m.kind === kind && m.metadata.name === name && (namespace === undefined || m.metadata.namespace === namespace),
  );
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};

export const scaleSetOf = (manifests: any[], name = 'main'): any => find(manifests, 'AutoscalingRunnerSet', name);
export const podOf = (manifests: any[], name?: string): any => scaleSetOf(manifests, name).spec.template.spec;
export const runnerOf = (manifests: any[], name?: string): any =>
  podOf(manifests, name).containers.find((container: any) => container.name === 'runner');
export const environmentOf = (container: any): Record<string, any> =>
  Object.fromEntries((container.env ?? []).map(({ name, ...value }: any) => [name, value]));
