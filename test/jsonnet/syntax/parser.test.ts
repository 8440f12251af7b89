import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind, MemberKind, StringForm, Visibility, type Node } from '../../../scripts/jsonnet/syntax/ast.ts';
import { JsonnetSyntaxError } from '../../../scripts/jsonnet/syntax/errors.ts';
import { parse, parseWithTokens } from '../../../scripts/jsonnet/syntax/parser.ts';
import { positionsOf } from '../../../scripts/jsonnet/syntax/positions.ts';
import { printNode } from '../../../scripts/jsonnet/syntax/print.ts';
import { accepted, refused } from './cases.ts';

function mistake(source: string): JsonnetSyntaxError {
  try {
    parse(source);
  } catch (error) {
    assert.ok(error instanceof JsonnetSyntaxError, `${source}: ${String(error)}`);
    return error;
  }
  return assert.fail(`${source} was accepted`);
}

test('what go-jsonnet accepts is accepted', () => {
  for (const source of accepted) assert.doesNotThrow(() => parse(source), source);
});

test('what go-jsonnet refuses is refused, with the place and what is wrong', () => {
  for (const [source, column, message] of refused) {
    const error = mistake(source);
    const place = positionsOf(source)(error.start);
    assert.deepEqual([place.column, error.message], [column, message], source);
  }
});

test('places are offsets of what stands there', () => {
  const source = "local a = [1, 'x'];\n{ b+:: a[0], assert true : 'no' }.b(2, c=3) tailstrict";
  const text = ({ start, end }: { start: number; end: number }) => source.slice(start, end);
  const root = parse(source);
  assert.equal(root.kind, Kind.Local);
  assert.equal(text(root), source);
  const { binds, body } = root as Extract<Node, { kind: Kind.Local }>;
  assert.equal(text(binds[0]!), "a = [1, 'x']");
  const call = body as Extract<Node, { kind: Kind.Apply }>;
  assert.equal(text(call), "{ b+:: a[0], assert true : 'no' }.b(2, c=3) tailstrict");
  assert.equal(text(call.named[0]!), 'c=3');
  const { target } = call.target as Extract<Node, { kind: Kind.Field }>;
  const { members } = target as Extract<Node, { kind: Kind.Object }>;
  assert.deepEqual(members.map(text), ['b+:: a[0]', "assert true : 'no'"]);
  const [field] = members;
  assert.ok(field?.kind === MemberKind.Identifier);
  assert.deepEqual([field.name, field.plus, field.visibility], ['b', true, Visibility.Hidden]);
});

test('strings mean what go-jsonnet says they mean', () => {
  const cases: [source: string, value: string, form: StringForm][] = [
    [String.raw`"a\n\t\"\/\u0041\\"`, 'a\n\t"/A\\', StringForm.Double],
    [String.raw`'\ud83d\ude00'`, '😀', StringForm.Single],
    [String.raw`'\ud800\u0041'`, '\ufffd', StringForm.Single],
    [String.raw`@'a''b\n'`, String.raw`a'b\n`, StringForm.VerbatimSingle],
    ['@"a""b"', 'a"b', StringForm.VerbatimDouble],
    ['|||\n  a\n\n    b\n|||', 'a\n\n  b\n', StringForm.Block],
    ['|||-\n\n\ta\n  |||', '\na', StringForm.Block],
    ['"a\nb"', 'a\nb', StringForm.Double],
  ];
  for (const [source, value, form] of cases) {
    assert.deepEqual(parse(source), { kind: Kind.String, start: 0, end: source.length, form, value });
  }
});

test('operators bind as the table says, to the left', () => {
  const cases: [source: string, grouped: string][] = [
    ['1+2*3', '1+(2*3)'],
    ['1-2-3', '(1-2)-3'],
    ['1<<2+3', '1<<(2+3)'],
    ['a==b<c', 'a==(b<c)'],
    ['a|b^c&d', 'a|(b^(c&d))'],
    ['a||b&&c', 'a||(b&&c)'],
    ['-a.b', '-(a.b)'],
    ['!a&&b', '(!a)&&b'],
    ['a{}.b{}', '((a{}).b){}'],
    ['a in b==c', '(a in b)==c'],
    ['1+if a then b else c+d', '1+(if a then b else (c+d))'],
  ];
  const flat = (node: Node) =>
    JSON.stringify(node, (key, value) => (key === 'start' || key === 'end' ? undefined : dropped(value)));
  const dropped = (value: unknown): unknown =>
    (value as Node | undefined)?.kind === Kind.Parens && 'inner' in (value as object)
      ? dropped((value as { inner: unknown }).inner)
      : value;
  for (const [source, grouped] of cases) {
    assert.equal(printNode(parse(source)).replace(/[() ]/g, ''), grouped.replace(/[() ]/g, ''), source);
    assert.equal(
      flat(parse(source)).replace(/"nameStart":\d+,?/g, ''),
      flat(parse(grouped)).replace(/"nameStart":\d+,?/g, ''),
      source,
    );
  }
});

test('every token is told, comments and white space are not', () => {
  const source = '{ a: 1, // one\n b+: $.a } /* end */';
  const { tokens } = parseWithTokens(source);
  const texts = Array.from({ length: tokens.length / 2 }, (_, i) => source.slice(tokens[2 * i], tokens[2 * i + 1]));
  assert.deepEqual(texts, ['{', 'a', ':', '1', ',', 'b', '+:', '$', '.', 'a', '}', '']);
});

test('a source nested deeper than the stack is a mistake like any other', () => {
  assert.match(mistake('['.repeat(200_000)).message, /nested too deeply/);
});
