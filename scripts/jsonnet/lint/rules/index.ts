import type { Rule } from '../rule.ts';
import { unreachableBranch } from './branches.ts';
import { endlessDefinition } from './endless.ts';
import { duplicateParameter, shadowedVariable, unknownName } from './names.ts';
import { duplicateField, suspiciousPlus } from './objects.ts';
import { portability, unknownStdFunction } from './portability.ts';
import { callArguments, typeMismatch } from './types.ts';
import { unusedImport, unusedVariable } from './unused.ts';

/** Every rule about one Jsonnet source, by name. */
export const lintRules: readonly Rule[] = [
  callArguments,
  duplicateField,
  duplicateParameter,
  endlessDefinition,
  portability,
  shadowedVariable,
  suspiciousPlus,
  typeMismatch,
  unknownName,
  unknownStdFunction,
  unreachableBranch,
  unusedImport,
  unusedVariable,
];

/** What the linter says of itself and of what it can't read. */
export const otherLintRules = {
  'import-cycle': 'Files import each other in a circle.',
  'jsonnet-syntax': 'A source is no Jsonnet.',
  'unused-suppression': 'A comment hides findings that are not there.',
} as const;
