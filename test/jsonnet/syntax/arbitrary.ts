// Generated programs: trees of every kind of node, as printNode prints them. They parse; few of them evaluate.
import fc from 'fast-check';
import { Kind, MemberKind, SpecKind, StringForm, Visibility } from '../../../scripts/jsonnet/syntax/ast.ts';
import type { FieldMember, ForSpec, IfSpec, Member, Node, StringLiteral } from '../../../scripts/jsonnet/syntax/ast.ts';
import { operatorText, unaryText } from '../../../scripts/jsonnet/syntax/operators.ts';

const at = { start: 0, end: 0 };
const name = fc.constantFrom('a', 'b', 'std', 'x1', '_y', 'importer', 'nullable', 'Z');
const letters = fc.string({
  unit: fc.constantFrom('a', 'Z', ' ', "'", '"', '\\', '\n', '\t', '\u0001', 'é', '😀', ':', '%'),
});
const verbatim = letters.map((text) => text.replaceAll('\r', ''));
const line = fc.string({ unit: fc.constantFrom('a', "'", '\\', '|', 'é'), minLength: 1 });

const quoted: fc.Arbitrary<StringLiteral> = fc
  .oneof(
    fc.record({
      form: fc.constantFrom(StringForm.Single, StringForm.Double, StringForm.VerbatimSingle, StringForm.VerbatimDouble),
      value: verbatim,
    }),
  )
  .map((some) => ({ kind: Kind.String, ...at, ...some }));
const block: fc.Arbitrary<StringLiteral> = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([lines, chomps]) => ({
    kind: Kind.String,
    ...at,
    form: StringForm.Block,
    value: lines.join('\n') + (chomps ? '' : '\n'),
  }));
const string = fc.oneof({ weight: 3, arbitrary: quoted }, { weight: 1, arbitrary: block });

const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc
    .constantFrom(Kind.Null, Kind.True, Kind.False, Kind.Self, Kind.Dollar)
    .map((kind): Node => ({ kind: kind as Kind.Null, ...at })),
  fc
    .double({ min: 0, noNaN: true, noDefaultInfinity: true })
    .map((value): Node => ({ kind: Kind.Number, ...at, value: Math.abs(value) })),
  string,
  name.map((some): Node => ({ kind: Kind.Variable, ...at, name: some })),
  name.map((some): Node => ({ kind: Kind.SuperField, ...at, name: some, nameStart: 0 })),
  fc
    .tuple(fc.constantFrom(Kind.Import, Kind.ImportStr, Kind.ImportBin), quoted)
    .map(([kind, path]): Node => ({ kind: kind as Kind.Import, ...at, path })),
);

/** Any expression. */
export const expression: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => {
  const node = tie('node');
  const maybe = fc.option(node, { nil: undefined });
  const nodes = fc.array(node, { maxLength: 3 });
  const parameters = fc.array(
    fc.record({ name, default: maybe }).map((some) => ({ ...at, ...some })),
    { maxLength: 3 },
  );
  const bind = fc
    .record({ name, parameters: fc.option(parameters, { nil: undefined }), body: node })
    .map((some) => ({ ...at, ...some }));
  const binds = fc.uniqueArray(bind, { minLength: 1, maxLength: 2, selector: (one) => one.name });
  const spec = fc.oneof(
    fc.record({ name, source: node }).map((some): ForSpec => ({ kind: SpecKind.For, ...at, nameStart: 0, ...some })),
    node.map((condition): IfSpec => ({ kind: SpecKind.If, ...at, condition })),
  );
  const specs = fc
    .tuple(
      fc.record({ name, source: node }).map((some): ForSpec => ({ kind: SpecKind.For, ...at, nameStart: 0, ...some })),
      fc.array(spec, { maxLength: 2 }),
    )
    .map(([first, others]) => [first, ...others]);
  const visibility = fc.constantFrom(Visibility.Inherit, Visibility.Hidden, Visibility.Visible);
  const key = fc.oneof(
    name.map((some) => ({ kind: MemberKind.Identifier as const, name: some, key: undefined })),
    string.map((some) => ({ kind: MemberKind.String as const, name: some.value, key: some as Node })),
    node.map((some) => ({ kind: MemberKind.Computed as const, name: '', key: some as Node })),
  );
  const field = fc
    .tuple(key, visibility, fc.oneof(fc.boolean(), parameters), node)
    .map(([some, shown, how, body]): FieldMember => ({
      ...at,
      ...some,
      visibility: shown,
      plus: how === true,
      parameters: typeof how === 'boolean' ? undefined : how,
      body,
    }));
  const member: fc.Arbitrary<Member> = fc.oneof(
    { weight: 4, arbitrary: field },
    { weight: 1, arbitrary: bind.map((some): Member => ({ kind: MemberKind.Local, ...at, bind: some })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(node, maybe)
        .map(([condition, message]): Member => ({ kind: MemberKind.Assert, ...at, condition, message })),
    },
  );
  const members = fc.uniqueArray(member, { maxLength: 4, selector: label });
  const object = members.map((some): Node => ({ kind: Kind.Object, ...at, members: some }));
  const comprehension = fc.tuple(node, node, fc.boolean(), specs).map(([some, body, plus, list]): Node => {
    const computed: FieldMember = {
      ...at,
      kind: MemberKind.Computed,
      name: '',
      key: some,
      plus,
      visibility: Visibility.Inherit,
      parameters: undefined,
      body,
    };
    return { kind: Kind.ObjectComprehension, ...at, members: [computed], specs: list };
  });
  const inner: fc.Arbitrary<Node> = fc.oneof(
    nodes.map((elements): Node => ({ kind: Kind.Array, ...at, elements })),
    fc.tuple(node, specs).map(([body, list]): Node => ({ kind: Kind.ArrayComprehension, ...at, body, specs: list })),
    object,
    comprehension,
    fc.tuple(node, node).map(([target, index]): Node => ({ kind: Kind.Index, ...at, target, index: safe(index) })),
    fc.tuple(node, name).map(([target, some]): Node => ({ kind: Kind.Field, ...at, target, name: some, nameStart: 0 })),
    fc.tuple(node, maybe, maybe, maybe).map(([target, from, to, step]): Node => ({
      kind: Kind.Slice,
      ...at,
      target,
      from: from && safe(from),
      to: to && safe(to),
      step: step && safe(step),
    })),
    node.map((index): Node => ({ kind: Kind.SuperIndex, ...at, index })),
    node.map((index): Node => ({ kind: Kind.InSuper, ...at, index })),
    fc
      .tuple(node, nodes, fc.array(fc.tuple(name, node), { maxLength: 2 }), fc.boolean())
      .map(([target, positional, named, tailstrict]): Node => ({
        kind: Kind.Apply,
        ...at,
        target,
        positional,
        named: named.map(([some, value]) => ({ ...at, name: some, value })),
        tailstrict,
      })),
    fc
      .tuple(node, object)
      .map(([left, right]): Node => ({ kind: Kind.ApplyBrace, ...at, left, right: right as never })),
    fc
      .tuple(fc.nat(unaryText.length - 1), node)
      .map(([operator, operand]): Node => ({ kind: Kind.Unary, ...at, operator, operand })),
    fc
      .tuple(fc.nat(operatorText.length - 1), node, node)
      .map(([operator, left, right]): Node => ({ kind: Kind.Binary, ...at, operator, left, right })),
    fc.tuple(node, node, maybe).map(([condition, consequent, alternate]): Node => ({
      kind: Kind.Conditional,
      ...at,
      condition,
      consequent,
      alternate,
    })),
    fc.tuple(parameters, node).map(([list, body]): Node => ({ kind: Kind.Function, ...at, parameters: list, body })),
    fc.tuple(binds, node).map(([list, body]): Node => ({ kind: Kind.Local, ...at, binds: list, body })),
    fc
      .tuple(node, maybe, node)
      .map(([condition, message, rest]): Node => ({ kind: Kind.Assert, ...at, condition, message, rest })),
    node.map((message): Node => ({ kind: Kind.Error, ...at, message })),
  );
  return { node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, inner) };
}).node;

/** What may not stand twice in an object. */
function label(one: Member): unknown {
  if (one.kind === MemberKind.Local) return `local ${one.bind.name}`;
  return one.kind === MemberKind.Identifier || one.kind === MemberKind.String ? `field ${one.name}` : one;
}

/** `[':']` is refused, as engines differ about it. */
function safe(index: Node): Node {
  return index.kind === Kind.Array ? index : { kind: Kind.Array, ...at, elements: [index] };
}
