import { Kind } from '../../syntax/ast.ts';
import type { Binding } from '../scope.ts';
import type { Found, Rule } from '../rule.ts';

/** Parameters and the names of comprehensions may be unused: a caller or the shape of a function asks for them. */
function unused(bindings: Binding[]): Binding[] {
  return bindings.filter(({ kind, uses }) => uses === 0 && (kind === 'local' || kind === 'object local'));
}

function isImport({ value, parameters }: Binding): boolean {
  if (value === undefined || parameters !== undefined) return false;
  return value.kind === Kind.Import || value.kind === Kind.ImportStr || value.kind === Kind.ImportBin;
}

function found({ name, start, end }: Binding, what: string): Found {
  return { message: `${what}: ${name}`, hint: 'remove it', start, end };
}

export const unusedVariable: Rule = {
  name: 'unused-variable',
  severity: 'warning',
  summary: 'A local is bound and never used.',
  find: ({ scope }) =>
    unused(scope.bindings)
      .filter((binding) => !isImport(binding))
      .map((binding) => found(binding, 'Unused variable')),
};

export const unusedImport: Rule = {
  name: 'unused-import',
  severity: 'warning',
  summary: 'A file is imported and never used.',
  find: ({ scope }) =>
    unused(scope.bindings)
      .filter(isImport)
      .map((binding) => found(binding, 'Unused import')),
};
