// What the two engines of the field don't both understand, or understand differently: go-jsonnet 0.22, which Argo CD links,
// and libjsonnet 0.20.
import { Kind, StringForm, UnaryOperator } from '../../syntax/ast.ts';
import type { Apply, Field, Node } from '../../syntax/ast.ts';
import { walk } from '../../syntax/walk.ts';
import { nearest } from '../nearest.ts';
import type { Found, Rule, Source } from '../rule.ts';
import { commonStd, goOnlyStd, unportableStd } from '../std-functions.ts';

export const portability: Rule = {
  name: 'portability',
  severity: 'error',
  summary: 'Only one of the two Jsonnet engines understands it, or they understand it differently.',
  find: (source) => source.nodes.flatMap((node) => unportable(node, source)),
};

export const unknownStdFunction: Rule = {
  name: 'unknown-std-function',
  severity: 'error',
  summary: 'The standard library has no such field.',
  find: (source) =>
    source.nodes.flatMap((node) => {
      if (!isStd(node, source) || commonStd.includes(node.name) || goOnlyStd.includes(node.name)) return [];
      const near = nearest(node.name, [...commonStd, ...goOnlyStd]);
      const hint = near === undefined ? 'see the list of the standard library' : `did you mean "${near}"?`;
      return [{ message: `there is no std.${node.name}`, hint, ...nameOf(node) }];
    }),
};

function isStd(node: Node, { scope }: Source): node is Field {
  return node.kind === Kind.Field && node.target.kind === Kind.Variable && scope.std.has(node.target);
}

function nameOf({ nameStart, name }: Field): { start: number; end: number } {
  return { start: nameStart, end: nameStart + name.length };
}

function unportable(node: Node, source: Source): Found[] {
  switch (node.kind) {
    case Kind.Field:
      return isStd(node, source) ? stdField(node) : [];
    case Kind.Apply:
      return isStd(node.target, source) ? stdCall(node, node.target) : [];
    case Kind.String:
      return node.form === StringForm.Block && source.text.startsWith('|||-', node.start)
        ? [
            onlyGo(
              'libjsonnet 0.20 does not know |||-',
              'use ||| and std.rstripChars(…, "\\n"), or a quoted string',
              node.start,
              node.start + 4,
            ),
          ]
        : [];
    case Kind.Number: {
      const written = source.text.slice(node.start, node.end);
      const plain = written.replaceAll('_', '');
      return written === plain
        ? []
        : [onlyGo('libjsonnet 0.20 does not know underscores in numbers', `write ${plain}`, node.start, node.end)];
    }
    case Kind.Slice:
      return [node.from, node.to, node.step]
        .filter((part) => part?.kind === Kind.Unary && part.operator === UnaryOperator.Minus)
        .slice(0, 1)
        .map((part) =>
          onlyGo(
            'libjsonnet 0.20 has no slices that count from the end',
            'count with std.length',
            part!.start,
            part!.end,
          ),
        );
    default:
      return [];
  }
}

function onlyGo(message: string, hint: string, start: number, end: number): Found {
  return { message, hint, start, end };
}

function stdField(node: Field): Found[] {
  const { name } = node;
  const reason = Object.hasOwn(unportableStd, name) ? unportableStd[name] : undefined;
  if (reason !== undefined)
    return [{ message: `std.${name} gives not the same everywhere`, hint: reason, ...nameOf(node) }];
  if (!goOnlyStd.includes(name)) return [];
  const message = `std.${name} is not in libjsonnet 0.20, only in go-jsonnet`;
  return [{ message, hint: 'write it with what both engines have', ...nameOf(node) }];
}

/** What a literal argument shows: text that base64 encodes differently, numbers that manifests print differently. */
function stdCall(call: Apply, target: Field): Found[] {
  const given = [...call.positional, ...call.named.map(({ value }) => value)];
  const found: Found[] = [];
  const isManifest = /^manifest(?:Json|JsonEx|JsonMinified|YamlDoc|YamlStream)$/.test(target.name);
  for (const argument of given) {
    walk(argument, (node) => {
      const { start, end } = node;
      if (isManifest && node.kind === Kind.Number && !Number.isInteger(node.value)) {
        const message = `libjsonnet 0.20 prints a fraction inside std.${target.name} with other digits than go-jsonnet`;
        found.push({ message, hint: 'keep it as a string, or out of what is printed there', start, end });
      } else if (target.name === 'base64' && node.kind === Kind.String && /[\u0080-\uffff]/.test(node.value)) {
        const message = 'libjsonnet 0.20 encodes text that is not ASCII otherwise than go-jsonnet';
        found.push({ message, hint: 'encode it beforehand', start, end });
      }
    });
  }
  return found;
}
