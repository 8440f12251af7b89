// Which name means what: every binding of a source with the places that use it.
import { Kind, MemberKind, SpecKind } from '../syntax/ast.ts';
import type {
  Bind,
  Member,
  Node,
  ObjectComprehension,
  ObjectLiteral,
  Parameter,
  Spec,
  Variable,
} from '../syntax/ast.ts';
import { eachChild } from '../syntax/walk.ts';

export type BindingKind = 'local' | 'object local' | 'parameter' | 'for';

export interface Binding {
  kind: BindingKind;
  name: string;
  /** Of the name. */
  start: number;
  end: number;
  /** What a local is bound to; of a function that is written `name(parameters) = body` its body. */
  value: Node | undefined;
  /** Of such a function. */
  parameters: Parameter[] | undefined;
  uses: number;
  /** The binding that it hides. */
  shadowed: Binding | undefined;
}

export interface Scope {
  bindings: Binding[];
  /** What each variable means; `std` and unknown names are not in it. */
  meaning: Map<Variable, Binding>;
  /** Uses of `std` where nothing else is called so. */
  std: Set<Variable>;
  unknown: Variable[];
  /** `self`, `super` and `$` outside of every object. */
  misplaced: Node[];
  /** What an import of this source gives, where that is known. */
  imported: Imported;
}

/** The tree and the scopes of an imported source, by the path as it is written. */
export type Imported = (path: string) => { root: Node; scope: Scope } | undefined;

type Names = Map<string, Binding>;

/** The scopes of a source. */
export function scopeOf(root: Node, imported: Imported = () => undefined): Scope {
  const scope: Scope = { bindings: [], meaning: new Map(), std: new Set(), unknown: [], misplaced: [], imported };
  visit(root, new Map(), false);
  return scope;

  function visit(node: Node, names: Names, inObject: boolean): void {
    switch (node.kind) {
      case Kind.Variable:
        return use(node, names);
      case Kind.Self:
      case Kind.Dollar:
      case Kind.SuperField:
        if (!inObject) scope.misplaced.push(node);
        return;
      case Kind.SuperIndex:
      case Kind.InSuper:
        if (!inObject) scope.misplaced.push(node);
        return visit(node.index, names, inObject);
      case Kind.Local: {
        const inner = new Map(names);
        declareBinds(node.binds, 'local', inner);
        for (const bind of node.binds) visitFunction(bind.parameters, bind.body, inner, inObject);
        return visit(node.body, inner, inObject);
      }
      case Kind.Function:
        return visitFunction(node.parameters, node.body, names, inObject);
      case Kind.ArrayComprehension:
        return visit(node.body, visitSpecs(node.specs, names, inObject), inObject);
      case Kind.Object:
        return visitObject(node, names, inObject);
      case Kind.ObjectComprehension:
        return visitObject(node, visitSpecs(node.specs, names, inObject), inObject);
      default:
        eachChild(node, (child) => visit(child, names, inObject));
    }
  }

  function use(node: Variable, names: Names): void {
    const binding = names.get(node.name);
    if (binding !== undefined) {
      binding.uses++;
      scope.meaning.set(node, binding);
    } else if (node.name === 'std') scope.std.add(node);
    else scope.unknown.push(node);
  }

  function declare(names: Names, binding: Omit<Binding, 'uses' | 'shadowed'>): void {
    const declared = { ...binding, uses: 0, shadowed: names.get(binding.name) };
    scope.bindings.push(declared);
    names.set(binding.name, declared);
  }

  function declareBinds(binds: Bind[], kind: BindingKind, names: Names): void {
    for (const { name, start, parameters, body } of binds) {
      declare(names, { kind, name, start, end: start + name.length, value: body, parameters });
    }
  }

  function visitFunction(parameters: Parameter[] | undefined, body: Node, names: Names, inObject: boolean): void {
    if (parameters === undefined) return visit(body, names, inObject);
    const inner = new Map(names);
    for (const { name, start } of parameters) {
      const end = start + name.length;
      declare(inner, { kind: 'parameter', name, start, end, value: undefined, parameters: undefined });
    }
    for (const { default: value } of parameters) if (value) visit(value, inner, inObject);
    visit(body, inner, inObject);
  }

  function visitSpecs(specs: Spec[], names: Names, inObject: boolean): Names {
    let inner = names;
    for (const spec of specs) {
      if (spec.kind === SpecKind.If) {
        visit(spec.condition, inner, inObject);
        continue;
      }
      visit(spec.source, inner, inObject);
      inner = new Map(inner);
      const { name, nameStart: start } = spec;
      const end = start + name.length;
      declare(inner, { kind: 'for', name, start, end, value: undefined, parameters: undefined });
    }
    return inner;
  }

  /** Names of fields are computed outside of the object, everything else within it. */
  function visitObject({ members }: ObjectLiteral | ObjectComprehension, names: Names, inObject: boolean): void {
    const inner = new Map(names);
    const binds = members.flatMap((member) => (member.kind === MemberKind.Local ? [member.bind] : []));
    declareBinds(binds, 'object local', inner);
    for (const member of members) visitMember(member, names, inner, inObject);
  }

  function visitMember(member: Member, names: Names, inner: Names, inObject: boolean): void {
    if (member.kind === MemberKind.Local) return visitFunction(member.bind.parameters, member.bind.body, inner, true);
    if (member.kind === MemberKind.Assert) {
      visit(member.condition, inner, true);
      if (member.message) visit(member.message, inner, true);
      return;
    }
    if (member.key) visit(member.key, names, inObject);
    visitFunction(member.parameters, member.body, inner, true);
  }
}
