// Functions and calls.
import type { Apply, Node, Parameter } from '../../syntax/ast.ts';
import { bindFrame, callWith, pending, run, tailCall } from '../call.ts';
import type { Site } from '../errors.ts';
import type { FunctionCode, NativeFunction } from '../function-code.ts';
import { locate, machine, makeFrame } from '../machine.ts';
import { unexpectedType } from '../operators.ts';
import { makeFunction, Tag, type Frame, type FunctionValue, type Lazy, type Value, type Code } from '../value.ts';
import { libraryMember } from './access.ts';
import { compile, maker, Tail, type Maker } from './expression.ts';
import { declare, frameScope, siteOf, type Scope } from './scope.ts';

/** Makes a function value. Its body is compiled at the first call. */
export function functionMaker(parameters: Parameter[], body: Node, outer: Scope, name: string): Code {
  let code: FunctionCode | undefined;
  return (frame) => makeFunction((code ??= functionCode(parameters, body, outer, name)), frame);
}

function functionCode(parameters: Parameter[], body: Node, outer: Scope, name: string): FunctionCode {
  const scope = frameScope(outer, 1);
  scope.context = name;
  for (const parameter of parameters) declare(scope, parameter.name);
  const code: FunctionCode = {
    parameters: parameters.map((parameter) => parameter.name),
    defaults: parameters.map((parameter) =>
      parameter.default === undefined ? undefined : maker(parameter.default, scope),
    ),
    layout: scope.layout,
    name,
    body: (frame) => {
      const compiled = compile(body, scope, Tail.Full);
      code.body = compiled;
      return compiled(frame);
    },
  };
  return code;
}

export function compileApply(node: Apply, scope: Scope, tail: Tail): Code {
  const site = siteOf(scope, node);
  const member = libraryMember(node.target, scope);
  const native = member === undefined ? undefined : scope.library.natives.get(member);
  if (
    native !== undefined &&
    node.named.length === 0 &&
    node.positional.length <= native.parameters.length &&
    node.positional.length >= native.required
  ) {
    return compileNativeCall(native, node, scope, site);
  }
  const target = compile(node.target, scope);
  if (node.tailstrict) return compileStrictCall(target, node, scope, site, tail);
  const makers = node.positional.map((argument) => maker(argument, scope));
  if (node.named.length > 0) {
    const names = node.named.map(({ name }) => name);
    const named = node.named.map(({ value }) => maker(value, scope));
    return (frame) => {
      const callee = toCallee(target(frame), site);
      return callWith(callee, makeAll(makers, frame), names, makeAll(named, frame), false, site);
    };
  }
  const [first, second, third] = makers;
  switch (makers.length) {
    case 1:
      return (frame) => {
        const callee = target(frame);
        if (typeof callee === 'object' && callee !== null && callee.tag === Tag.Function) {
          const { code } = callee;
          if (code !== undefined && code.parameters.length === 1) {
            const inner = makeFrame(code.layout.size, callee.frame!);
            inner[1] = first!(frame);
            return run(code, inner, site);
          }
        }
        return callWith(toCallee(callee, site), [first!(frame)], [], [], false, site);
      };
    case 2:
      return (frame) => {
        const callee = target(frame);
        if (typeof callee === 'object' && callee !== null && callee.tag === Tag.Function) {
          const { code } = callee;
          if (code !== undefined && code.parameters.length === 2) {
            const inner = makeFrame(code.layout.size, callee.frame!);
            inner[1] = first!(frame);
            inner[2] = second!(frame);
            return run(code, inner, site);
          }
        }
        return callWith(toCallee(callee, site), [first!(frame), second!(frame)], [], [], false, site);
      };
    case 3:
      return (frame) => {
        const callee = target(frame);
        if (typeof callee === 'object' && callee !== null && callee.tag === Tag.Function) {
          const { code } = callee;
          if (code !== undefined && code.parameters.length === 3) {
            const inner = makeFrame(code.layout.size, callee.frame!);
            inner[1] = first!(frame);
            inner[2] = second!(frame);
            inner[3] = third!(frame);
            return run(code, inner, site);
          }
        }
        return callWith(toCallee(callee, site), makeAll(makers, frame), [], [], false, site);
      };
    default:
      return (frame) => {
        const callee = toCallee(target(frame), site);
        const { code } = callee;
        if (code === undefined || code.parameters.length !== makers.length) {
          return callWith(callee, makeAll(makers, frame), [], [], false, site);
        }
        const inner = makeFrame(code.layout.size, callee.frame!);
        for (let index = 0; index < makers.length; index++) inner[index + 1] = makers[index]!(frame);
        return run(code, inner, site);
      };
  }
}

function toCallee(value: Value, site: Site): FunctionValue {
  if (typeof value !== 'object' || value === null || value.tag !== Tag.Function) {
    throw unexpectedType(value, 'function', site);
  }
  return value;
}

function makeAll(makers: readonly Maker[], frame: Frame): Lazy[] {
  const made: Lazy[] = [];
  for (let index = 0; index < makers.length; index++) made.push(makers[index]!(frame));
  return made;
}

/** A call that is tailstrict: its arguments are evaluated first, and at the end of a body it takes the body's place. */
function compileStrictCall(target: Code, node: Apply, scope: Scope, site: Site, tail: Tail): Code {
  const makers = node.positional.map((argument) => maker(argument, scope));
  const names = node.named.map(({ name }) => name);
  const named = node.named.map(({ value }) => maker(value, scope));
  return (frame) => {
    const callee = toCallee(target(frame), site);
    const positional = makeAll(makers, frame);
    const byName = makeAll(named, frame);
    if (callee.code === undefined) return callWith(callee, positional, names, byName, true, site);
    const inner = bindFrame(callee, positional, names, byName, true, site);
    if (tail === Tail.Full) {
      pending.code = callee.code;
      pending.frame = inner;
      return tailCall;
    }
    if (tail === Tail.None) return run(callee.code, inner, site);
    machine.depth--;
    const value = run(callee.code, inner, site);
    machine.depth++;
    return value;
  };
}

/** `std.trace` says from where it is called. */
function tracing({ call }: NativeFunction, node: Apply, scope: Scope, site: Site): Code {
  const [text, rest] = node.positional.map((argument) => compile(argument, scope)) as [Code, Code];
  return (frame) => {
    const line = text(frame);
    const value = rest(frame);
    machine.callSite = site;
    return call(line, value);
  };
}

/** A call of the standard library by its own name: nothing can have replaced it, and its arguments are values. */
function compileNativeCall(native: NativeFunction, node: Apply, scope: Scope, site: Site): Code {
  const { call, lazy } = native;
  if (native.name === 'trace') return tracing(native, node, scope, site);
  if (lazy !== undefined) {
    const makers = node.positional.map((argument, index) =>
      lazy.includes(index) ? maker(argument, scope) : compile(argument, scope),
    );
    return (frame) => {
      const values = makeAll(makers, frame);
      try {
        return call(...values);
      } catch (error) {
        throw locate(error, site);
      }
    };
  }
  const codes = node.positional.map((argument) => compile(argument, scope));
  const [first, second] = codes;
  switch (codes.length) {
    case 1:
      return (frame) => {
        const value = first!(frame);
        try {
          return call(value);
        } catch (error) {
          throw locate(error, site);
        }
      };
    case 2:
      return (frame) => {
        const left = first!(frame);
        const right = second!(frame);
        try {
          return call(left, right);
        } catch (error) {
          throw locate(error, site);
        }
      };
    default:
      return (frame) => {
        const values: Value[] = [];
        for (let index = 0; index < codes.length; index++) values.push(codes[index]!(frame));
        try {
          return call(...values);
        } catch (error) {
          throw locate(error, site);
        }
      };
  }
}
