// kube-score and kube-linter look at every environment, as its goldens have it. What they find is mended, or stands with its
// reason in static-analysis/accepted.ts.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { temporaryFolder } from './helpers/repository.ts';
import { accepted } from './static-analysis/accepted.ts';
import { located, tools, type Finding } from './static-analysis/tools.ts';

const goldens = join(import.meta.dirname, 'golden');
const environments = readdirSync(goldens, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'why')
  .map(({ name }) => name);

/** Goldens leave the content of CustomResourceDefinitions out, and no check is about them. */
const manifestsOf = (env: string): any[] =>
  readdirSync(join(goldens, env)).flatMap((file) =>
    parseAllDocuments(readFileSync(join(goldens, env, file), 'utf8'))
      .map((document) => document.toJS())
      .filter((manifest) => manifest.kind !== 'CustomResourceDefinition'),
  );

const fileOf = (name: string, manifests: any[]): string => {
  const file = join(temporaryFolder(), `${name}.yaml`);
  writeFileSync(file, manifests.map((manifest) => `---\n${JSON.stringify(manifest)}\n`).join(''));
  return file;
};

const reasonFor = ({ check, object }: Finding): string | undefined => {
  const reasons = accepted[check];
  return typeof reasons === 'object' ? reasons[object] : reasons;
};

const entriesOf = (tool: string): string[] =>
  Object.entries(accepted)
    .filter(([check]) => check.startsWith(`${tool}/`))
    .flatMap(([check, reasons]) =>
      typeof reasons === 'string' ? [check] : Object.keys(reasons).map((object) => `${check} ${object}`),
    );

for (const tool of tools) {
  const at = located(tool);
  const skip = 'skip' in at && at.skip;
  const find = (file: string): Finding[] => tool.findings((at as { path: string }).path, file);

  test(`${tool.name}: nothing that has no reason, and no reason without a finding`, { skip }, (t) => {
    const used = new Set<string>();
    const unexplained: string[] = [];
    let total = 0;
    for (const env of environments) {
      for (const finding of find(fileOf(env, manifestsOf(env)))) {
        const { check, object, says } = finding;
        total += 1;
        if (reasonFor(finding) === undefined) unexplained.push(`${env}: ${check} ${object}: ${says}`);
        else used.add(typeof accepted[check] === 'string' ? check : `${check} ${object}`);
      }
    }
    assert.deepEqual(unexplained, [], 'mend these, or give each a reason in test/static-analysis/accepted.ts');
    assert.deepEqual([...used].sort(), entriesOf(tool.name).sort());
    t.diagnostic(
      `${total} findings of ${used.size} kinds in ${environments.length} environments, each with its reason`,
    );
  });

  test(`${tool.name} notices what is wrong`, { skip }, () => {
    const manifests = manifestsOf('home');
    const deployment = structuredClone(manifests.find(({ kind }) => kind === 'Deployment'));
    const [container] = deployment.spec.template.spec.containers;
    container.image = 'registry.example/blog:latest';
    container.securityContext = { privileged: true };
    delete container.resources;
    const checks = new Set(find(fileOf('wrong', [deployment])).map(({ check }) => check));
    const expected: Record<string, string[]> = {
      'kube-score': ['container-image-tag', 'container-resources', 'container-security-context-privileged'],
      'kube-linter': ['latest-tag', 'privileged-container', 'unset-memory-requirements'],
    };
    for (const check of expected[tool.name]!) assert.ok(checks.has(`${tool.name}/${check}`), [...checks].join(', '));
  });
}

test('where liveness asks the same as readiness it is more patient', () => {
  const patience = ({ periodSeconds = 10, failureThreshold = 3 }: any): number => periodSeconds * failureThreshold;
  const asks = ({ httpGet, tcpSocket, exec, grpc }: any): string => JSON.stringify({ httpGet, tcpSocket, exec, grpc });
  const impatient = environments.flatMap((env) =>
    manifestsOf(env).flatMap(({ metadata, spec }) =>
      (spec?.template?.spec?.containers ?? [])
        .filter(({ livenessProbe: live, readinessProbe: ready }: any) => live && ready && asks(live) === asks(ready))
        .filter(({ livenessProbe, readinessProbe }: any) => patience(livenessProbe) <= patience(readinessProbe))
        .map(({ name }: any) => `${env}/${metadata.name}: ${name}`),
    ),
  );
  assert.deepEqual(impatient, []);
});
