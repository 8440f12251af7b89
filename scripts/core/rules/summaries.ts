import { lintRules, otherLintRules } from '../../jsonnet/lint/rules/index.ts';
import { rules } from './index.ts';

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
  schema: 'A manifest does not fit the schema of its kind.',
  'schema-missing': 'There is no schema for a kind.',
  'secret-values': 'The file of secrets lacks a value, or has one that nothing reads.',
  'source-encoding': 'A source file is not UTF-8.',
  'terraform-schema': 'A stack of Terraform does not fit the schemas of its providers.',
  'yaml-boolean': 'An unquoted word is a boolean to Kubernetes.',
};

/** One sentence for every rule that a finding may carry, by name. */
export const ruleSummaries: Record<string, string> = {
  ...others,
  ...otherLintRules,
  ...Object.fromEntries(lintRules.map(({ name, summary }) => [name, summary])),
  ...Object.fromEntries(rules.map(({ name, summary }) => [name, summary])),
};
