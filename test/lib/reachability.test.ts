import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { compare, type Traffic } from './reachability.ts';

const root = path.resolve(import.meta.dirname, '../..');

const program = (cluster: string): string => `
  local cluster = ${cluster};
  {
    traffic: cluster.traffic,
    manifests: std.flattenArrays([cluster.manifests(app) for app in cluster.apps if app != 'applications']),
  }
`;

for (const env of readdirSync(path.join(root, 'environments'))) {
  test(`${env}: every declared call passes the policies of both sides, every other is refused`, async () => {
    const { traffic, manifests } = await evaluate(program(`import '${root}/environments/${env}/cluster.libsonnet'`));
    const result = compare(traffic as Traffic, manifests);
    assert.deepEqual(result.refused, []);
    assert.deepEqual(result.undeclared, []);
    assert.deepEqual(result.bypassed, []);
    assert.ok(result.declared > 20 && result.compared > 100, JSON.stringify(result));
  });
}

const two = (calls: string) => `{ echo: echo { calls:: [${calls}] }, other: echo { name: 'other' } }`;
const call = `{ from: 'server', to: { component: 'other', workload: 'server' }, port: 'http' }`;

const compareFixture = async (components: string, change: (manifests: any[]) => any[]) => {
  const { traffic, manifests } = await evaluate(program(clusterOf(components)));
  return compare(traffic as Traffic, change(manifests));
};

test('the comparison sees a policy that is missing, on either side', async () => {
  const sound = await compareFixture(two(call), (policies) => policies);
  assert.deepEqual([sound.refused, sound.undeclared], [[], []]);

  const undeclared = await compareFixture(two(call), (policies) =>
    policies.filter((p) => p.metadata.name !== 'other' && p.metadata.namespace !== 'other'),
  );
  assert.ok(undeclared.undeclared.includes('a stranger -> other/server:8080/TCP'));

  const refused = await compareFixture(two(call), (policies) => policies.filter((p) => p.metadata.name !== 'echo'));
  assert.ok(refused.refused.includes('echo/server -> other/server:8080/TCP'));
});
