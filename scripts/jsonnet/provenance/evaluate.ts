// Evaluates expressions to values with their origins. The language is the engine's; what differs is that every value is
// kept together with the expression that made it and those that handed it on.
import { Kind, type Apply, type Node } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import { fail, step } from '../engine/machine.ts';
import { standardLibrary } from '../std/library.ts';
import { evaluateField, evaluateIndex, evaluateSlice, evaluateVariable, libraryName, superField } from './access.ts';
import { bindLazy, closure } from './bind.ts';
import { apply, callNative } from './call.ts';
import { evaluateArrayComprehension, evaluateObjectComprehension } from './comprehension.ts';
import { evaluateImport } from './import.ts';
import { evaluateObject } from './literal.ts';
import { evaluateBinary, evaluateUnary, plus } from './operators.ts';
import { isTracedFunction, lazy, made, passed, type Env, type Lazy, type Traced, type TracedObject } from './value.ts';

export function evaluate(node: Node, env: Env): Traced {
  step();
  const site: Site = { unit: env.unit, start: node.start, end: node.end };
  switch (node.kind) {
    case Kind.Null:
      return made(site, null);
    case Kind.True:
      return made(site, true);
    case Kind.False:
      return made(site, false);
    case Kind.Number:
    case Kind.String:
      return made(site, node.value);
    case Kind.Self:
      return made(site, env.self!);
    case Kind.Dollar:
      return made(site, env.dollar!);
    case Kind.Variable:
      return evaluateVariable(node.name, env, site);
    case Kind.Array:
      return made(site, { kind: 'array', items: node.elements.map((each) => lazy(() => evaluate(each, env))) });
    case Kind.ArrayComprehension:
      return evaluateArrayComprehension(node, env, site);
    case Kind.Object:
      return evaluateObject(node, env, site);
    case Kind.ObjectComprehension:
      return evaluateObjectComprehension(node, env, site);
    case Kind.Parens:
      return evaluate(node.inner, env);
    case Kind.Index:
      return evaluateIndex(evaluate(node.target, env), evaluate(node.index, env), site);
    case Kind.Field:
      return evaluateField(node, env, site);
    case Kind.Slice:
      return evaluateSlice(node, env, site);
    case Kind.SuperField:
      return present(superField(node.name, env, site), node.name);
    case Kind.SuperIndex: {
      const { value } = evaluate(node.index, env);
      return present(superField(value as string, env, site), value as string);
    }
    case Kind.InSuper: {
      const index = evaluate(node.index, env);
      return made(site, superField(index.value as string, env, site) !== undefined, [index.origin]);
    }
    case Kind.Apply:
      return evaluateApply(node, env, site);
    case Kind.ApplyBrace:
      return plus(evaluate(node.left, env), evaluate(node.right, env), site);
    case Kind.Unary:
      return evaluateUnary(node, env, site);
    case Kind.Binary:
      return evaluateBinary(node, env, site);
    case Kind.Conditional: {
      const condition = evaluate(node.condition, env);
      const chosen = condition.value === true ? node.consequent : node.alternate;
      if (chosen === undefined) return made(site, null, [condition.origin]);
      const traced = evaluate(chosen, env);
      // The fields of a literal in a branch are there by the condition; what the branch only names has its own reasons.
      if (isLiteral(chosen))
        for (const layer of (traced.value as TracedObject).layers) layer.because.push(condition.origin);
      return passed('branch', site, traced, [condition.origin]);
    }
    case Kind.Function:
      return closure(node.parameters, node.body, env, node);
    case Kind.Local: {
      const inside: Env = { ...env, outer: env, names: new Map() };
      for (const bind of node.binds) inside.names.set(bind.name, bindLazy(bind, inside));
      return evaluate(node.body, inside);
    }
    case Kind.Assert:
      return evaluate(node.rest, env);
    case Kind.Error:
      throw fail(String(evaluate(node.message, env).value), site);
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return evaluateImport(node, env, site);
  }
}

function isLiteral(node: Node): boolean {
  if (node.kind === Kind.Parens) return isLiteral(node.inner);
  return node.kind === Kind.Object || node.kind === Kind.ObjectComprehension;
}

function present(traced: Traced | undefined, name: string): Traced {
  if (traced === undefined) throw new Error(`Field does not exist: ${name}`);
  return traced;
}

function evaluateApply(node: Apply, env: Env, site: Site): Traced {
  const positional = node.positional.map((argument) => lazy(() => evaluate(argument, env)));
  const named = new Map<string, Lazy>();
  for (const { name, value } of node.named)
    named.set(
      name,
      lazy(() => evaluate(value, env)),
    );
  const library = libraryName(node.target, env);
  const native = library === undefined ? undefined : standardLibrary().natives.get(library);
  if (native !== undefined) return callNative(native, positional, named, site, env);
  const { value: target } = evaluate(node.target, env);
  if (!isTracedFunction(target)) throw new Error('a call of something that is no function');
  return passed('call', site, apply(target, positional, named, site, env));
}
