// Everything that can be said of manifests without a cluster: their schemas in every minor, and the rules.
import { relative } from 'node:path';
export { defaultKubernetes } from './default-kubernetes.ts';
import type { ReadManifest } from './read-manifests.ts';
import type { RenderedApp } from './render-apps.ts';
import { rules } from './rules/index.ts';
import type { Finding, Scope } from './rules/rule.ts';
import { scopeOf } from './rules/scope.ts';
import { loadChecker, readDefinitions } from './schemas/checker.ts';
import type { CheckerOptions, SchemaChecker } from './schemas/checker.ts';
import { checkInfrastructure } from './terraform/check-infrastructure.ts';
import type { Capacity, Diagnostic, Environment, Infrastructure, Manifest } from './types.ts';

/** The schema checkers of one run, by minor. */
export type Checkers = Map<string, SchemaChecker>;

/** Loads a checker for each minor. Throws a usage error for a minor without schemas. */
export function loadCheckers(kubernetes: readonly string[], options: Omit<CheckerOptions, 'kubernetes'>): Checkers {
  const definitions = readDefinitions(options);
  return new Map(kubernetes.map((minor) => [minor, loadChecker({ ...options, definitions, kubernetes: minor })]));
}

export interface CheckOptions {
  checkers: Checkers;
  /**
   * Every app of the environment, rendered or not; null when they are not known. Rules about what is absent need all of
   * them to be rendered. Default: those that are given.
   */
  listed?: readonly string[] | null;
  /** What the environment requests against what its nodes have; null when it is not known. */
  capacity?: Capacity | null;
  /** What Terraform is given; null or undefined when it is not known. */
  infrastructure?: Infrastructure | null;
}

/** Checks the rendered apps of an environment. The findings carry environment, app, identity and pointer. */
export function checkEnvironment(
  env: Environment,
  apps: readonly RenderedApp[],
  { checkers: known, listed, capacity = null, infrastructure = null }: CheckOptions,
): Diagnostic[] {
  // What the definitions of one environment teach is unknown in the next.
  const checkers = new Map([...known].map(([minor, checker]) => [minor, checker.fork()]));
  const names = apps.map(({ app }) => app);
  const all = listed === undefined ? names : listed;
  const entries = apps.flatMap(({ app, manifests }) => manifests.map((manifest) => ({ manifest, app })));
  learn(checkers, entries);
  const scope = scopeOf(entries, {
    ...scopeOptions(checkers),
    env,
    apps: [...(all ?? names)],
    complete: all !== null && all.every((name) => names.includes(name)),
    capacity,
  });
  const file = `${relative(env.root, env.directory).replaceAll('\\', '/')}/main.jsonnet`;
  const schemaFindings = entries.flatMap(({ manifest, app }) =>
    checkSchemas(checkers, manifest).map((finding) => ({ file, ...finding, env: env.name, app })),
  );
  const ruleFindings = findingsOf(scope).map((finding) => ({ file, ...finding, env: env.name }));
  return [...schemaFindings, ...ruleFindings, ...checkInfrastructure(env, infrastructure)];
}

/** Checks manifests read from files. The findings carry file, identity, pointer, line and column. */
export function checkFiles(entries: readonly ReadManifest[], { checkers }: { checkers: Checkers }): Diagnostic[] {
  learn(checkers, entries);
  const scope = scopeOf(entries, scopeOptions(checkers));
  const sources = new Map(entries.map((entry) => [entry.manifest, entry]));
  const found: Diagnostic[] = entries.flatMap((entry) =>
    checkSchemas(checkers, entry.manifest).map((finding) => ({
      ...finding,
      file: entry.file,
      ...entry.locate(finding.pointer ?? ''),
    })),
  );
  for (const finding of evaluateRules(scope)) {
    const source = finding.subject && sources.get(finding.subject.manifest);
    found.push({
      ...toDiagnostic(finding),
      ...(source && { file: source.file, ...source.locate(finding.pointer ?? '') }),
    });
  }
  return found;
}

function learn(checkers: Checkers, entries: readonly { manifest: Manifest }[]): void {
  const manifests = entries.map(({ manifest }) => manifest);
  for (const checker of checkers.values()) checker.learn(manifests);
}

function scopeOptions(checkers: Checkers) {
  const all = [...checkers.values()];
  return {
    kubernetes: [...checkers.keys()],
    // The newest minor knows most kinds; one that it has dropped is known to an older one.
    isNamespaced: (apiVersion: string, kind: string) =>
      all.reduceRight<boolean | undefined>(
        (known, checker) => known ?? checker.isNamespaced(apiVersion, kind),
        undefined,
      ),
  };
}

/** What the minors say of a manifest, said once; a finding that only some of them have names those. */
function checkSchemas(checkers: Checkers, manifest: Manifest): Diagnostic[] {
  const found = [...checkers].map(([minor, checker]) => ({ minor, findings: checker.check(manifest) }));
  if (found.every(({ findings }) => findings.length === 0)) return [];
  const byText = new Map<string, { finding: Diagnostic; minors: string[] }>();
  for (const { minor, findings } of found) {
    for (const finding of findings) {
      // A missing schema names its minor; the last word is that of the newest.
      const key = finding.rule === 'schema-missing' ? '' : `${finding.pointer} ${finding.message}`;
      byText.set(key, { finding, minors: [...(byText.get(key)?.minors ?? []), minor] });
    }
  }
  return [...byText.values()].map(({ finding, minors }) =>
    minors.length === checkers.size || finding.rule === 'schema-missing'
      ? finding
      : { ...finding, message: `${finding.message} (in Kubernetes ${minors.join(', ')})` },
  );
}

function findingsOf(scope: Scope): Diagnostic[] {
  return [...evaluateRules(scope)].map(toDiagnostic);
}

type Found = Finding & Pick<Diagnostic, 'rule' | 'severity'>;

function* evaluateRules(scope: Scope): Generator<Found> {
  for (const rule of rules) {
    for (const finding of rule.check(scope)) yield { severity: rule.severity, ...finding, rule: rule.name };
  }
}

function toDiagnostic({ subject, ...finding }: Found): Diagnostic {
  const app = subject?.app;
  return { ...finding, ...(subject && { manifest: subject.ref }), ...(app !== undefined && { app }) };
}
