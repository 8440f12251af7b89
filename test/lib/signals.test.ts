// What the cluster remembers, in every environment, against what it runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discoverEnvironments } from '../../scripts/core/discover.ts';
import { readSignals } from '../../scripts/core/live/signals.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { renderEnvironment, repositoryRoot } from '../e2e/rig/rendered.ts';
import { evaluateError } from './evaluate.ts';

interface Object {
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: { ports?: { port: number }[] };
}

for (const environment of discoverEnvironments(openRepository(repositoryRoot))) {
  test(`${environment.name}: who is asked is there, and so is who is told to upload`, async () => {
    const result = await readSignals(environment, 'typescript');
    assert.ok('signals' in result);
    assert.deepEqual(result.signals.map(({ kind }) => kind).toSorted(), ['dashboards', 'logs', 'metrics', 'traces']);
    const objects = (await renderEnvironment(environment.name)).flatMap(({ manifests }) => manifests) as Object[];
    const named = (kind: string, namespace: string, name: string): Object | undefined =>
      objects.find((one) => one.kind === kind && one.metadata.namespace === namespace && one.metadata.name === name);
    for (const { component, namespace, service, port, upload, signIn, lost, found } of result.signals) {
      const ports = named('Service', namespace, service)?.spec?.ports ?? [];
      assert.ok(
        ports.some((one) => one.port === port),
        `${component}: no Service ${namespace}/${service} with port ${port}`,
      );
      assert.ok(lost >= 0 && found > 0);
      if (upload !== null && 'workloads' in upload) {
        assert.ok(upload.workloads.length > 0);
        for (const name of upload.workloads) assert.ok(named('StatefulSet', namespace, name), `${component}: ${name}`);
      }
      if (signIn !== null) assert.equal(signIn.secret, 'grafana');
    }
  });
}

const mistakes: Record<string, [declaration: string, message: RegExp]> = {
  'an unknown field': [
    "{ kind: 'logs', ask: {}, lost: 1, found: 1, uplaod: null }",
    /unknown field "uplaod"; did you mean "upload"/,
  ],
  'a field that is missing': ["{ kind: 'logs', ask: {}, lost: 1 }", /blog: signals\.posts: set found/],
  'an unknown kind': [
    "{ kind: 'posts', ask: {}, lost: 1, found: 1 }",
    /kind: "posts" is none of dashboards, logs, metrics, traces/,
  ],
};

for (const [mistake, [declaration, message]] of Object.entries(mistakes)) {
  test(`a declaration with ${mistake} is refused`, async () => {
    const blog = `(import 'component/main.libsonnet') { name: 'blog', signals:: { posts: ${declaration} } }`;
    const cluster = `(import '${repositoryRoot}/environments/kind/cluster.libsonnet') { components+: { blog: ${blog} } }`;
    assert.match(await evaluateError(`(${cluster}).signals`), message);
  });
}
