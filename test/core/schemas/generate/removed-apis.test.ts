import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRemovedApis } from '../../../../scripts/core/schemas/generate/removed-apis.ts';

/** A life cycle as prerelease-lifecycle-gen writes it. */
function lifecycle(kind: string, removed: string, replacement = ''): string {
  return `
func (in *${kind}) APILifecycleIntroduced() (major, minor int) {
	return 1, 9
}
${
  replacement &&
  `
func (in *${kind}) APILifecycleReplacement() schema.GroupVersionKind {
	return schema.GroupVersionKind{${replacement}}
}
`
}
func (in *${kind}) APILifecycleRemoved() (major, minor int) {
	return ${removed}
}
`;
}

test('removals and replacements are read, lists left out', () => {
  const source = [
    lifecycle('Ingress', '1, 22', 'Group: "networking.k8s.io", Version: "v1", Kind: "Ingress"'),
    lifecycle('IngressList', '1, 22', 'Group: "networking.k8s.io", Version: "v1", Kind: "IngressList"'),
    lifecycle('PodSecurityPolicy', '1, 16'),
  ].join('');
  assert.deepEqual(readRemovedApis('extensions', 'v1beta1', source), {
    'extensions/v1beta1/Ingress': { removed: '1.22', replacement: 'networking.k8s.io/v1/Ingress' },
    'extensions/v1beta1/PodSecurityPolicy': { removed: '1.16' },
  });
});

test('the core group has no name', () => {
  const source = lifecycle('Thing', '1, 99', 'Group: "", Version: "v2", Kind: "Thing"');
  assert.deepEqual(readRemovedApis('', 'v1', source), { 'v1/Thing': { removed: '1.99', replacement: 'v2/Thing' } });
});
