import { Kind, MemberKind } from '../../syntax/ast.ts';
import type { Node, Parameter } from '../../syntax/ast.ts';
import type { Found, Rule } from '../rule.ts';

export const unknownName: Rule = {
  name: 'unknown-name',
  severity: 'error',
  summary: 'A name that nothing binds, or self, super or $ outside of an object.',
  find: ({ text, scope }) => [
    ...scope.unknown.map(({ name, start, end }): Found => ({
      message: `Unknown variable: ${name}`,
      hint: 'bind it with local, or quote it if it is meant as a string',
      start,
      end,
    })),
    ...scope.misplaced.map(({ start, end }): Found => {
      const word = text.startsWith('$', start) ? '$' : text.startsWith('self', start) ? 'self' : 'super';
      return {
        message: `Can't use ${word} outside of an object`,
        hint: 'write it within the braces of an object',
        start,
        end,
      };
    }),
  ],
};

export const shadowedVariable: Rule = {
  name: 'shadowed-variable',
  severity: 'warning',
  summary: 'A name hides another of the same source.',
  find: ({ scope }) =>
    scope.bindings.flatMap(({ name, start, end, shadowed }): Found[] => {
      if (shadowed === undefined && name !== 'std') return [];
      const what = shadowed === undefined ? 'the standard library' : `the ${shadowed.kind} of that name outside`;
      return [{ message: `${name} hides ${what}`, hint: 'give one of the two another name', start, end }];
    }),
};

export const duplicateParameter: Rule = {
  name: 'duplicate-parameter',
  severity: 'error',
  summary: 'A function has two parameters of the same name.',
  find: ({ nodes }) => nodes.flatMap((node) => parameterLists(node).flatMap(duplicates)),
};

function parameterLists(node: Node): Parameter[][] {
  if (node.kind === Kind.Function) return [node.parameters];
  if (node.kind === Kind.Local) return node.binds.map(({ parameters }) => parameters ?? []);
  if (node.kind !== Kind.Object && node.kind !== Kind.ObjectComprehension) return [];
  return node.members.map((member) => {
    if (member.kind === MemberKind.Assert) return [];
    return (member.kind === MemberKind.Local ? member.bind.parameters : member.parameters) ?? [];
  });
}

function duplicates(parameters: Parameter[]): Found[] {
  return parameters
    .filter(({ name }, i) => parameters.findIndex((one) => one.name === name) < i)
    .map(({ name, start }) => ({
      message: `Duplicate parameter: ${name}`,
      hint: 'give it another name: libjsonnet refuses the function, go-jsonnet takes the last',
      start,
      end: start + name.length,
    }));
}
