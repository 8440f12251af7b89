import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultKubernetes } from '../../../scripts/core/default-kubernetes.ts';
import { defaultMinor, kubernetesModule, otherMinors } from './kubernetes-minor.ts';
import { repositoryRoot } from './rendered.ts';
import { readTools, requiredVersion } from './tools.ts';

test('every tool of the rig has a version and a package', () => {
  const tools = [...readTools().values()];
  assert.ok(tools.length > 5);
  for (const tool of tools) {
    assert.match(tool.version, /^v\d+\.\d+\.\d+/, tool.binary);
    assert.notEqual(tool.package, '', tool.binary);
    for (const value of Object.values(tool.variables)) assert.doesNotMatch(value, /[{}]/, tool.binary);
  }
});

test('the version of a module is read from a line of a block and from a line of its own', () => {
  assert.equal(
    requiredVersion('require (\n\texample.org/a v1.2.3\n\texample.org/b v0.1.0 // indirect\n)', 'example.org/b'),
    'v0.1.0',
  );
  assert.equal(requiredVersion('require example.org/a v1.2.3', 'example.org/a'), 'v1.2.3');
  assert.throws(
    () => requiredVersion('replace example.org/a => example.org/b v1.0.0', 'example.org/a'),
    /no version of/,
  );
});

test('the module of another minor takes what upstream keeps in folders from modules of their own', () => {
  const upstream =
    'module k8s.io/kubernetes\n\ngo 1.24.0\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tk8s.io/sample-controller => ./staging/src/k8s.io/sample-controller\n)\n';
  assert.equal(
    kubernetesModule(upstream, 'v1.34.4'),
    'module rekindle/e2e/kubernetes\n\ngo 1.24.0\n\nrequire k8s.io/kubernetes v1.34.4\n\nreplace (\n\tk8s.io/api => k8s.io/api v0.34.4\n)\n',
  );
});

test('the programs are those that the components deploy', () => {
  const versions = JSON.parse(readFileSync(join(repositoryRoot, 'lib/versions.json'), 'utf8')) as Record<
    string,
    { tag: string }
  >;
  const tools = readTools();
  const deployed = [
    'argo-cd',
    'cert-manager-cainjector',
    'cert-manager-controller',
    'cert-manager-webhook',
    'contour',
    'external-dns',
  ];
  for (const name of deployed) assert.equal(tools.get(name)!.version, versions[name]!.tag, name);
  // The wheels of Envoy lag behind its images; the minor is what Contour supports.
  const minor = (text: string): string => /v(\d+\.\d+)\./.exec(text)![1]!;
  assert.equal(minor(tools.get('envoy')!.version), minor(versions.envoy!.tag), 'envoy');
});

test('every minor that validate knows can be proved on', () => {
  assert.equal(defaultMinor, /^v(\d+\.\d+)/.exec(readTools().get('kube-apiserver')!.version)![1]);
  assert.deepEqual([...Object.keys(otherMinors), defaultMinor].sort(), [...defaultKubernetes].sort());
});
