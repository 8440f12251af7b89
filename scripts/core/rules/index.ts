import { appProject } from './app-project.ts';
import { applicationSource } from './application-source.ts';
import { capacity } from './capacity.ts';
import { clientSideApplyLimit } from './client-side-apply-limit.ts';
import { configKeys } from './config-key.ts';
import { containerNames } from './container-names.ts';
import { containerResources } from './container-resources.ts';
import { cronSchedule } from './cron-schedule.ts';
import { duplicateIdentity } from './duplicate-identity.ts';
import { emptyEnvironment } from './empty-environment.ts';
import { exclusiveFields } from './exclusive-fields.ts';
import { labelSyntax } from './label-syntax.ts';
import { metadataName } from './metadata-name.ts';
import { missingReference } from './missing-reference.ts';
import { missingVolume } from './missing-volume.ts';
import { namespaceMissing } from './namespace-missing.ts';
import { plaintextSecret } from './plaintext-secret.ts';
import { ports } from './ports.ts';
import { probes } from './probes.ts';
import { rbac } from './rbac.ts';
import { restartPolicy } from './restart-policy.ts';
import type { Rule } from './rule.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { sizeLimit } from './size-limit.ts';
import { strayManifest } from './stray-manifest.ts';

/** Every rule about manifests, by name. */
export const rules: Rule[] = [
  appProject,
  applicationSource,
  capacity,
  clientSideApplyLimit,
  configKeys,
  containerNames,
  containerResources,
  cronSchedule,
  duplicateIdentity,
  emptyEnvironment,
  exclusiveFields,
  labelSyntax,
  metadataName,
  missingReference,
  missingVolume,
  namespaceMissing,
  plaintextSecret,
  ports,
  probes,
  rbac,
  restartPolicy,
  selectorMismatch,
  sizeLimit,
  strayManifest,
];

/** What the findings outside these rules mean, which are made where a file is read or evaluated. */
const others = {
  'argo-shape': 'The value of main.jsonnet is not what Argo CD takes for manifests.',
  'duplicate-key': 'A mapping has the same key twice.',
  evaluation: 'The environment could not be evaluated.',
  'evaluation-crash': 'The Jsonnet engine died.',
  'evaluation-memory': 'Evaluation took more memory than it may.',
  'evaluation-timeout': 'Evaluation took longer than it may.',
  'import-computed': 'An import path is not a literal.',
  'import-missing': 'An imported file does not exist.',
  'import-outside-repository': 'An import leaves the repository, where Argo CD does not read.',
  'input-syntax': 'A file is no YAML or JSON.',
  'no-manifests': 'There is nothing to check.',
  'not-a-manifest': 'A document is no Kubernetes object.',
  portability: 'Only one of the two Jsonnet engines understands it.',
  schema: 'A manifest does not fit the schema of its kind.',
  'schema-missing': 'There is no schema for a kind.',
  'source-encoding': 'A source file is not UTF-8.',
  'yaml-boolean': 'An unquoted word is a boolean to Kubernetes.',
};

/** One sentence for every rule that a finding may carry, by name. */
export const ruleSummaries: Record<string, string> = {
  ...others,
  ...Object.fromEntries(rules.map(({ name, summary }) => [name, summary])),
};
