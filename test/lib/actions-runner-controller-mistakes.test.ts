import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, problemsOf, set } from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';

const main = (more: string): string => `{ scaleSets: { main: ${set(more)} } }`;
const name = 'a'.repeat(46);

const mistakes: [settings: string, message: string][] = [
  [`{ scaleSets: { main: {} } }`, 'scaleSets.main: set credentials, '],
  [`{ scaleSets: { main: {} } }`, 'scaleSets.main: set url, '],
  [`{ scaleSets: { Main: ${set()} } }`, 'scaleSets: "Main" is no name of a scale set: expected a name of '],
  [`{ scaleSets: { ${name}: ${set()} } }`, `scaleSets: "${name}" has 46 characters; at most 45, `],
  [
    `{ scaleSets: { main: { url: 'https://github.com', credentials: { secretName: 'a', kind: 'app' } } } }`,
    'scaleSets.main.url: "https://github.com" names no organization, repository or enterprise',
  ],
  [
    `{ scaleSets: { main: { url: 'https://github.com/a/', credentials: { secretName: 'a', kind: 'app' } } } }`,
    'scaleSets.main.url: "https://github.com/a/" may not end with a slash',
  ],
  [
    `{ scaleSets: { main: { url: 'https://github.com/a', credentials: { secretName: 'a', kind: 'password' } } } }`,
    'scaleSets.main.credentials.kind: expected one of app, token, found "password"; ',
  ],
  [main('minRunners: 4'), 'scaleSets.main.minRunners: 4 is more than maxRunners, 3'],
  [main(`labels: ['']`), 'scaleSets.main.labels: a label has 1 to 255 characters'],
  [main(`workVolume: '1Gi'`), 'scaleSets.main.workVolume: only containerMode "kubernetes" has one'],
  [
    main(`containerMode: 'docker'`),
    'scaleSets.main.containerMode: expected one of none, dind, kubernetes, kubernetes-novolume, found "docker"; ',
  ],
  [
    main(`size: { cpu: '1', memory: '2Gi', memoryLimit: '1Gi' }`),
    'scaleSets.main.size.memory: 2Gi is more than its memoryLimit, 1Gi',
  ],
  [
    main(`size: { cpu: '4', memory: '1Gi', memoryLimit: '1Gi' }`),
    'runners.quota: not one runner of main fits: it wants more requests.cpu than "2"',
  ],
  [
    `{ scaleSets: { a: ${set()}, b: { url: 'https://github.com/b', credentials: { secretName: 'github', kind: 'token' } } } }`,
    'scaleSets: the Secret "github" would hold an app for one of them and a token for another; use two',
  ],
  [
    `{ runners+: { namespace: 'actions-runner-controller' }, scaleSets: { main: ${set()} } }`,
    'runners.namespace: "actions-runner-controller" is where the controller is, ',
  ],
  [main(`token: 'ghp_x'`), 'scaleSets.main: unknown field "token"; '],
];

const found = await evaluateAll(Object.fromEntries(mistakes.map(([settings], i) => [String(i), problemsOf(settings)])));

for (const [i, [settings, message]] of mistakes.entries()) {
  test(`${settings} is refused: ${message}`, () => {
    const problems = found[String(i)] as string[];
    assert.ok(
      problems.some((problem) => problem.startsWith(`test: components.actions-runner-controller.${message}`)),
      problems.join('\n'),
    );
  });
}

test('a mistake in a scale set fails this app alone', async () => {
  for (const scaleSets of [
    '3',
    '{ main: 3 }',
    '{ main: { containerMode: 3 } }',
    `{ main: { containerMode: 'docker' } }`,
  ]) {
    const manifests: any[] = await evaluate(app(`{ scaleSets: ${scaleSets} }`, '{}', 'cluster'));
    assert.ok(
      manifests.some((m) => m.kind === 'Namespace' && m.metadata.name === 'actions-runners'),
      scaleSets,
    );
  }
});
