import type { Diagnostic } from '../../scripts/core/types.ts';

/** Findings that carry every field and every character that some format must escape. Deliberately unsorted. */
export const sample: Diagnostic[] = [
  {
    rule: 'unknown-field',
    severity: 'error',
    message: 'unknown field "replica"',
    hint: 'did you mean "replicas"?',
    env: 'home',
    app: 'mimir',
    manifest: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'monitoring', name: 'mimir' },
    pointer: '/spec/replica',
    file: 'environments/home/main.jsonnet',
  },
  {
    rule: 'missing-reference',
    severity: 'warning',
    message: 'ConfigMap "a<b>&\'c\'" is missing,\n100% sure: really',
    env: 'home',
    app: 'echo',
    manifest: { apiVersion: 'v1', kind: 'Pod', namespace: 'echo', name: 'echo' },
    file: 'environments/home/main.jsonnet',
  },
  {
    rule: 'duplicate-key',
    severity: 'error',
    message: 'key "name" is set twice',
    file: 'some folder/a,b:c.yaml',
    line: 7,
    column: 3,
  },
];

export const context = { version: '1.2.3', rules: { 'unknown-field': 'A field that the API does not know.' } };
