import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateAll } from './evaluate.ts';
import { cluster, problemsOf } from './gitlab-runner-cluster.ts';

const token = `tokenSecretRef: { name: 'a', key: 'b' }`;
const one = (more: string): string => `{ runners: { main: { ${token}, ${more} } } }`;

const mistakes: [settings: string, message: string][] = [
  ['{ runners: {} }', 'runners: name at least one, or turn gitlab-runner off'],
  ['{ runners: { main: {} } }', 'runners.main: set tokenSecretRef, '],
  [`{ runners: { main: { token: 'glrt-x' } } }`, 'runners.main: unknown field "token"; '],
  [`{ runners: { 'My runner': { ${token} } } }`, 'runners: "My runner" is no name for a runner: expected a name of '],
  ['{ concurrent: 0 }', 'concurrent: at least 1, or no job would run'],
  [
    `{ jobs+: { namespace: 'gitlab-runner' } }`,
    'jobs.namespace: "gitlab-runner" is where the manager is, with its tokens: jobs need a namespace of their own',
  ],
  [
    `{ jobs+: { security: 'root' } }`,
    'jobs.security: expected one of restricted, baseline, rootless-builds, privileged, ',
  ],
  [
    one(`kubernetes: { cpu_requst: '1' }`),
    'runners.main.kubernetes: gitlab-runner 19.3 has no key "cpu_requst" there; did you mean "cpu_request"?',
  ],
  [one(`kubernetes: { privileged: true }`), 'runners.main.kubernetes.privileged: say it by the setting jobs.security'],
  [one(`kubernetes: { bearer_token: 'x' }`), 'runners.main.kubernetes.bearer_token: it is not yours to say: '],
  [one(`kubernetes: { pod_labels: {} }`), 'runners.main.kubernetes.pod_labels: it is not yours to say: '],
  [one(`settings: { token: 'glrt-x' }`), 'runners.main.settings.token: say it by the setting tokenSecretRef'],
  [one(`settings: { outputLimit: 1 }`), 'runners.main.settings: gitlab-runner 19.3 has no key "outputLimit" there; '],
  [
    `{ jobs+: { ceiling+: { memory: '1Gi' } } }`,
    'jobs.size.build.memoryLimit: 2Gi is more than jobs.ceiling.memory, 1Gi: no pod could start',
  ],
  [
    `{ jobs+: { size+: { helper: { cpu: '1', memory: '1Gi', memoryLimit: '512Mi' } } } }`,
    'jobs.size.helper.memory: 1Gi is more than its memoryLimit, 512Mi',
  ],
  [
    `{ jobs+: { quota+: { 'requests.cpu': '200m' } } }`,
    'jobs.quota: not one job fits: its containers want more requests.cpu than "200m"',
  ],
  [`{ checkInterval: '1d' }`, 'checkInterval: expected a duration in hours, minutes and seconds'],
  [`{ size+: { job: { cpu: '1', memory: '1Gi' } } }`, 'size: unknown key "job"; '],
];

const found = await evaluateAll(Object.fromEntries(mistakes.map(([settings], i) => [String(i), problemsOf(settings)])));

for (const [i, [settings, message]] of mistakes.entries()) {
  test(`${settings} is refused: ${message}`, () => {
    const problems = found[String(i)] as string[];
    assert.ok(
      problems.some((problem) => problem.startsWith(`test: components.gitlab-runner.${message}`)),
      problems.join('\n'),
    );
  });
}

test('the settings of the project are right', async () => {
  assert.deepEqual(await evaluate(problemsOf('{}')), []);
});

test('it needs object storage for its cache, and none without', async () => {
  const without = (settings: string) =>
    `local c = ${cluster(settings, `{ components+:: { 'object-storage'+: { enabled: false } } }`)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('gitlab-runner'))`;
  assert.deepEqual(await evaluate(without('{}')), []);
  const problems: string[] = await evaluate(without('{ cache+: { enabled: true } }'));
  assert.match(problems.join('\n'), /gitlab-runner needs "object-storage", which is off/);
});
