// The function that a place of the source lies in. It is looked for when an error is printed, so that it costs nothing before.
import { Kind, MemberKind, type Bind, type FieldMember, type Node, type Parameter } from '../syntax/ast.ts';
import { eachChild } from '../syntax/walk.ts';
import type { Site } from './errors.ts';

interface Range {
  start: number;
  end: number;
}

/** The name of the innermost function around a place, `anonymous` where it has none; undefined outside functions. */
export function enclosingFunction(site: Site): string | undefined {
  let found: string | undefined;
  /** What the node is bound to. */
  let name: string | undefined;
  for (let node: Node | undefined = site.unit.root; node !== undefined; node = childAround(node, site)) {
    if (node.kind === Kind.Function && isInside(node.parameters, node.body, site)) found = name ?? 'anonymous';
    const part = namedParts(node).find(({ parameters, body }) => isInside(parameters, body, site));
    name = part?.name || undefined;
    if (part?.parameters !== undefined) found = name ?? 'anonymous';
  }
  return found;
}

/** Fields and locals. A computed field has no name. */
function namedParts(node: Node): (Bind | FieldMember)[] {
  if (node.kind === Kind.Local) return node.binds;
  if (node.kind !== Kind.Object && node.kind !== Kind.ObjectComprehension) return [];
  return node.members.flatMap((member) =>
    member.kind === MemberKind.Local ? [member.bind] : member.kind === MemberKind.Assert ? [] : [member],
  );
}

function isInside(parameters: readonly Parameter[] | undefined, body: Range, site: Range): boolean {
  if (holds(body, site)) return true;
  return parameters?.some(({ default: value }) => value !== undefined && holds(value, site)) ?? false;
}

function childAround(node: Node, site: Range): Node | undefined {
  let around: Node | undefined;
  eachChild(node, (child) => {
    if (holds(child, site)) around = child;
  });
  return around;
}

function holds(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
