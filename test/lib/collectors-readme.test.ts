// The settings that READMEs show hold, and make manifests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { app, collectors, problemsOf } from './collectors-cluster.ts';
import { evaluateAll } from './evaluate.ts';

const readmes = ['alloy', 'alloy-node', 'grafana', 'kube-state-metrics'] as const;

const people = `{ signIn: { issuer: 'https://id.example.org', clientID: 'cluster', adminGroups: ['operators'] } }`;

const examples = readmes.flatMap((component) => {
  const readme = readFileSync(new URL(`../../lib/${component}/README.md`, import.meta.url), 'utf8');
  return [...readme.matchAll(/```jsonnet settings\n([\s\S]*?)```/g)].map(([, text], i) => {
    const cluster = collectors({
      settings: { [component]: text! },
      ...(text!.includes('signIn') && { extra: people }),
    });
    return { component, name: `${component} ${i + 1}`, cluster };
  });
});

test('examples', async () => {
  assert.deepEqual(
    readmes.map((component) => examples.filter((example) => example.component === component).length),
    [2, 1, 4, 1],
  );
  const found = await evaluateAll(
    Object.fromEntries(
      examples.map(({ component, name, cluster }) => [
        name,
        `{ problems: ${problemsOf(component, cluster)}, manifests: std.length(${app(component, cluster)}) }`,
      ]),
    ),
  );
  for (const { name } of examples) {
    assert.deepEqual(found[name].problems, [], name);
    assert.ok(found[name].manifests > 5, name);
  }
});
