// Comprehensions: loops that make elements or fields. Each turn has a frame of its own, which the thunks made in it keep.
import { SpecKind, type ArrayComprehension, type ObjectComprehension, type Spec } from '../../syntax/ast.ts';
import type { Site } from '../errors.ts';
import { enter, fail, machine, makeFrame, step } from '../machine.ts';
import { toBoolean, unexpectedType } from '../operators.ts';
import { leafShape, type FieldTemplate } from '../shape.ts';
import { makeArray, makeObject, Tag, type Frame, type Lazy, type Code } from '../value.ts';
import { compile, maker } from './expression.ts';
import { badName, duplicate, keyCode, objectTemplate } from './object.ts';
import { declare, frameScope, siteOf, type Scope } from './scope.ts';

/** Does something for every turn of the loops. */
type Loop<T> = (frame: Frame, into: T) => void;

export function compileArrayComprehension(node: ArrayComprehension, scope: Scope): Code {
  const loop = compileSpecs<Lazy[]>(node.specs, 0, scope, siteOf(scope, node), (inner) => {
    const make = maker(node.body, inner);
    return (frame, items) => void items.push(make(frame));
  });
  return (frame) => {
    const items: Lazy[] = [];
    loop(frame, items);
    return makeArray(items);
  };
}

export function compileObjectComprehension(node: ObjectComprehension, scope: Scope): Code {
  const site = siteOf(scope, node);
  let parts: ReturnType<typeof objectTemplate> | undefined;
  const loop = compileSpecs<Map<string, FieldTemplate>>(node.specs, 0, scope, site, (inner) => {
    parts = objectTemplate(node.members, inner);
    const [field] = parts.template.fields as [FieldTemplate];
    const key = keyCode(parts.members[0]!, inner)!;
    return (frame, fields) => {
      const name = key(frame);
      if (name === null) return;
      if (typeof name !== 'string') throw fail(badName(name), site);
      if (fields.has(name)) throw fail(duplicate(name), site);
      const body = (own: Frame) => field.body(own);
      fields.set(name, { ...field, name, body, frame });
    };
  });
  return (frame) => {
    const fields = new Map<string, FieldTemplate>();
    loop(frame, fields);
    const { locals, asserts, layout } = parts!.template;
    return makeObject(leafShape({ fields: [...fields.values()], locals, asserts, layout }, true), frame);
  };
}

function compileSpecs<T>(
  specs: readonly Spec[],
  index: number,
  scope: Scope,
  site: Site,
  inside: (scope: Scope) => Loop<T>,
): Loop<T> {
  const spec = specs[index];
  if (spec === undefined) return inside(scope);
  if (spec.kind === SpecKind.If) {
    const condition = compile(spec.condition, scope);
    const place = siteOf(scope, spec.condition);
    const next = compileSpecs(specs, index + 1, scope, site, inside);
    return (frame, into) => {
      if (toBoolean(condition(frame), place)) next(frame, into);
    };
  }
  const source = compile(spec.source, scope);
  const inner = frameScope(scope, 1);
  const slot = declare(inner, spec.name);
  const next = compileSpecs(specs, index + 1, inner, site, inside);
  const { layout } = inner;
  return (frame, into) => {
    const values = source(frame);
    if (typeof values !== 'object' || values === null || values.tag !== Tag.Array) {
      throw unexpectedType(values, 'array', site);
    }
    enter(site);
    for (const item of values.items) {
      step();
      const turn = makeFrame(layout.size, frame);
      turn[slot] = item;
      next(turn, into);
    }
    machine.depth--;
  };
}
