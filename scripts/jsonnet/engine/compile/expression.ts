// The compiler: every expression becomes a JavaScript function from a frame to a value. What a program doesn't reach, such as
// the bodies of functions that it never calls, is not compiled.
import { Kind, MemberKind, type Node } from '../../syntax/ast.ts';
import { fail } from '../machine.ts';
import { toText } from '../manifest.ts';
import { toBoolean } from '../operators.ts';
import { fieldBelow } from '../shape.ts';
import type { Code, Frame, Lazy, Value } from '../value.ts';
import { makeArray, makeThunk } from '../value.ts';
import { compileField, compileIndex, compileSelf, compileVariable, frameAt, variableMaker } from './access.ts';
import { compileApply, functionMaker } from './apply.ts';
import { compileArrayComprehension, compileObjectComprehension } from './comprehension.ts';
import { compileImport } from './import.ts';
import { compileObject } from './object.ts';
import { compileBinary, compileSlice, compileUnary } from './operator.ts';
import { superField } from '../object.ts';
import { compileSequence } from './sequence.ts';
import { siteOf, type Scope } from './scope.ts';
import { unexpectedType } from '../operators.ts';

/** What a tailstrict call in some place may do with the stack. */
export const enum Tail {
  /** Nothing: something remains to be done after it, or it is no tailstrict call's body. */
  None,
  /** It takes the place of the frame that it is in, although an operator remains to be applied. */
  Trim,
  /** It is the last thing its function does. */
  Full,
}

/** Parts of a chain that are nested in code: each takes a frame of JavaScript's stack. What is longer runs in a loop. */
export const maxNested = 64;

/** Makes an argument, an element or a variable: at once where that costs nothing, else when it is first needed. */
export type Maker = (frame: Frame) => Lazy;

export function compile(node: Node, scope: Scope, tail: Tail = Tail.None): Code {
  switch (node.kind) {
    case Kind.Null:
      return () => null;
    case Kind.True:
      return () => true;
    case Kind.False:
      return () => false;
    case Kind.Number: {
      const { value } = node;
      if (value !== Infinity) return () => value;
      const site = siteOf(scope, node);
      return () => {
        throw fail('overflow', site);
      };
    }
    case Kind.String: {
      const { value } = node;
      return () => value;
    }
    case Kind.Self:
      return compileSelf(scope.level - scope.selfLevel);
    case Kind.Dollar:
      return compileSelf(scope.level - scope.dollarLevel);
    case Kind.Variable:
      return compileVariable(node, scope);
    case Kind.Array: {
      const makers = node.elements.map((element) => maker(element, scope));
      return (frame) => {
        const items: Lazy[] = [];
        for (let index = 0; index < makers.length; index++) items.push(makers[index]!(frame));
        return makeArray(items);
      };
    }
    case Kind.ArrayComprehension:
      return compileArrayComprehension(node, scope);
    case Kind.Object:
      return compileObject(node, scope);
    case Kind.ObjectComprehension:
      return compileObjectComprehension(node, scope);
    case Kind.Parens:
      return compile(node.inner, scope, tail);
    case Kind.Index:
      return compileIndex(node, scope);
    case Kind.Field:
      return compileField(node, scope);
    case Kind.Slice:
      return compileSlice(node, scope);
    case Kind.SuperField: {
      const { name } = node;
      const site = siteOf(scope, node);
      const frameOf = frameAt(scope.level - scope.selfLevel);
      return (frame) => {
        const own = frameOf(frame);
        return superField(own[1], own[2], name, site);
      };
    }
    case Kind.SuperIndex: {
      const index = compile(node.index, scope);
      const site = siteOf(scope, node);
      const frameOf = frameAt(scope.level - scope.selfLevel);
      return (frame) => {
        const name = index(frame);
        if (typeof name !== 'string') throw unexpectedType(name, 'string', site);
        const own = frameOf(frame);
        return superField(own[1], own[2], name, site);
      };
    }
    case Kind.InSuper: {
      const index = compile(node.index, scope);
      const site = siteOf(scope, node);
      const frameOf = frameAt(scope.level - scope.selfLevel);
      return (frame) => {
        const name = index(frame);
        if (typeof name !== 'string') throw unexpectedType(name, 'string', site);
        const own = frameOf(frame);
        return fieldBelow(own[1].shape, name, own[2]) !== null;
      };
    }
    case Kind.Apply:
      return compileApply(node, scope, tail);
    case Kind.Unary:
      return compileUnary(node, scope, tail);
    case Kind.Binary:
    case Kind.ApplyBrace:
      return compileBinary(node, scope, tail);
    case Kind.Conditional:
    case Kind.Local:
    case Kind.Assert:
      return compileSequence(node, scope, tail);
    case Kind.Function:
      return functionMaker(node.parameters, node.body, scope, scope.context ?? 'anonymous');
    case Kind.Error: {
      const message = compile(node.message, scope);
      const site = siteOf(scope, node);
      return (frame) => {
        throw fail(toText(message(frame), site), site);
      };
    }
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return compileImport(node, scope);
  }
}

/** Code that fails unless a condition holds. Its value is `true`. */
export function compileAssertion(
  condition: Node,
  message: Node | undefined,
  standard: string,
  node: { start: number; end: number },
  scope: Scope,
): Code {
  const holds = compile(condition, scope);
  const text: Code = message === undefined ? () => standard : compile(message, scope);
  const site = siteOf(scope, node);
  return (frame) => {
    if (!toBoolean(holds(frame), site)) throw fail(toText(text(frame), site), site);
    return true;
  };
}

/** Makes what a `local` binds. */
export function bindMaker(
  bind: { name: string; parameters: Extract<Node, { kind: Kind.Function }>['parameters'] | undefined; body: Node },
  scope: Scope,
): Maker {
  if (bind.parameters !== undefined) return functionMaker(bind.parameters, bind.body, scope, bind.name);
  if (bind.body.kind === Kind.Function) {
    return functionMaker(bind.body.parameters, bind.body.body, scope, bind.name);
  }
  return maker(bind.body, scope);
}

/** Literals, functions, objects and arrays cost no more at once than later, and making them can't fail. */
export function maker(node: Node, scope: Scope): Maker {
  switch (node.kind) {
    case Kind.Null:
    case Kind.True:
    case Kind.False:
    case Kind.String:
    case Kind.Self:
    case Kind.Dollar:
    case Kind.Function:
    case Kind.Array:
      return compile(node, scope);
    case Kind.Number:
      if (node.value !== Infinity) return compile(node, scope);
      break;
    case Kind.Parens:
      return maker(node.inner, scope);
    case Kind.Variable:
      return variableMaker(node, scope);
    case Kind.Object:
      if (node.members.every((member) => member.kind !== MemberKind.Computed)) {
        return compile(node, scope);
      }
  }
  const code = lazily(() => compile(node, scope));
  return (frame) => makeThunk(code.run, frame);
}

/** Code that is compiled when it first runs. */
export function lazily(make: () => Code): { run: Code } {
  const holder = {
    run: (frame: Frame): Value => {
      const code = make();
      holder.run = code;
      return code(frame);
    },
  };
  return holder;
}
