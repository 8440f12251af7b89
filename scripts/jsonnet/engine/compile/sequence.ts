// `local`, `assert` and `if … else`: expressions that end in another one. Chains of them are compiled in a loop, and long ones
// run in a loop, so that their length takes no stack.
import { Kind, type Conditional, type Local, type Node } from '../../syntax/ast.ts';
import { unexpectedType } from '../operators.ts';
import type { Code, Value } from '../value.ts';
import { bindMaker, compile, compileAssertion, maxNested, type Tail } from './expression.ts';
import { blockScope, declare, siteOf, type Scope } from './scope.ts';

/** What stands in front of an expression becomes code with the code of that expression. */
type Step = (rest: Code) => Code;

/** What a step of a loop answers for the next step. */
const proceed = Symbol('proceed') as unknown as Value;

export function compileSequence(first: Node, outer: Scope, tail: Tail): Code {
  const steps: Step[] = [];
  let scope = outer;
  let node = first;
  for (;;) {
    if (node.kind === Kind.Local) {
      scope = blockScope(scope);
      steps.push(localStep(node, scope));
      node = node.body;
    } else if (node.kind === Kind.Assert) {
      const check = compileAssertion(node.condition, node.message, 'Assertion failed', node, scope);
      steps.push((rest) => (frame) => {
        check(frame);
        return rest(frame);
      });
      node = node.rest;
    } else if (node.kind === Kind.Conditional) {
      steps.push(conditionalStep(node, scope, tail));
      if (node.alternate === undefined) return joined(steps, () => null);
      node = node.alternate;
    } else return joined(steps, compile(node, scope, tail));
  }
}

function joined(steps: readonly Step[], last: Code): Code {
  if (steps.length <= maxNested) return steps.reduceRight((rest, step) => step(rest), last);
  const codes = steps.map((step) => step(() => proceed));
  return (frame) => {
    for (let index = 0; index < codes.length; index++) {
      const value = codes[index]!(frame);
      if (value !== proceed) return value;
    }
    return last(frame);
  };
}

function conditionalStep(node: Conditional, scope: Scope, tail: Tail): Step {
  const condition = compile(node.condition, scope);
  const consequent = compile(node.consequent, scope, tail);
  const site = siteOf(scope, node);
  return (alternate) => (frame) => {
    const chosen = condition(frame);
    if (chosen === true) return consequent(frame);
    if (chosen === false) return alternate(frame);
    throw unexpectedType(chosen, 'boolean', site);
  };
}

/** `scope` is the one of the names. */
function localStep({ binds }: Local, scope: Scope): Step {
  const slots = binds.map(({ name }) => declare(scope, name));
  const makers = binds.map((bind) => bindMaker(bind, scope));
  if (slots.length === 1) {
    const slot = slots[0]!;
    const make = makers[0]!;
    return (body) => (frame) => {
      // A variable that is made of itself must find nothing there, not what an earlier evaluation left.
      frame[slot] = undefined;
      frame[slot] = make(frame);
      return body(frame);
    };
  }
  return (body) => (frame) => {
    for (let index = 0; index < slots.length; index++) frame[slots[index]!] = undefined;
    for (let index = 0; index < slots.length; index++) frame[slots[index]!] = makers[index]!(frame);
    return body(frame);
  };
}
