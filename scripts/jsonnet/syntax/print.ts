// A tree as Jsonnet source on as few lines as it takes, for trees that no source holds. What a person reads is formatted by
// ../format. Parentheses go in where the grammar needs them, so a tree without `Parens` prints right.
import { Kind, MemberKind, SpecKind, StringForm, Visibility } from './ast.ts';
import type { Bind, FieldMember, Member, Node, Parameter, Spec, StringLiteral } from './ast.ts';
import { operatorPrecedence, operatorText, precedence, unaryText } from './operators.ts';
import { escapeString } from './strings.ts';

/** The source of a tree. */
export function printNode(node: Node): string {
  switch (node.kind) {
    case Kind.Null:
      return 'null';
    case Kind.True:
      return 'true';
    case Kind.False:
      return 'false';
    case Kind.Self:
      return 'self';
    case Kind.Dollar:
      return '$';
    case Kind.Number:
      return Number.isFinite(node.value) ? String(node.value) : '1e999';
    case Kind.String:
      return string(node);
    case Kind.Variable:
      return node.name;
    case Kind.Array:
      return `[${node.elements.map(printNode).join(', ')}]`;
    case Kind.ArrayComprehension:
      return `[${printNode(node.body)}${specs(node.specs)}]`;
    case Kind.Object:
      return `{ ${node.members.map(member).join(', ')} }`;
    case Kind.ObjectComprehension:
      return `{ ${node.members.map(member).join(', ')}${specs(node.specs)} }`;
    case Kind.Parens:
      return `(${printNode(node.inner)})`;
    case Kind.Index:
      return `${within(node.target, precedence.apply)}[${printNode(node.index)}]`;
    case Kind.Field:
      return `${within(node.target, precedence.apply)}.${node.name}`;
    case Kind.Slice: {
      const [from, to, step] = [node.from, node.to, node.step].map((part) => (part ? printNode(part) : ''));
      return `${within(node.target, precedence.apply)}[${from} : ${to}${node.step ? ` : ${step}` : ''}]`;
    }
    case Kind.SuperIndex:
      return `super[${printNode(node.index)}]`;
    case Kind.SuperField:
      return `super.${node.name}`;
    case Kind.InSuper:
      return `${within(node.index, precedence.in)} in super`;
    case Kind.Apply: {
      const named = node.named.map(({ name, value }) => `${name} = ${printNode(value)}`);
      const list = [...node.positional.map(printNode), ...named].join(', ');
      return `${within(node.target, precedence.apply)}(${list})${node.tailstrict ? ' tailstrict' : ''}`;
    }
    case Kind.ApplyBrace:
      return `${within(node.left, precedence.apply)} ${printNode(node.right)}`;
    case Kind.Unary:
      return `${unaryText[node.operator]}${within(node.operand, precedence.unary)}`;
    case Kind.Binary: {
      const level = operatorPrecedence[node.operator]!;
      return `${within(node.left, level)} ${operatorText[node.operator]} ${within(node.right, level - 1)}`;
    }
    case Kind.Conditional: {
      const { condition, consequent, alternate } = node;
      const head = `if ${printNode(condition)} then`;
      if (!alternate) return `${head} ${printNode(consequent)}`;
      // An `else` belongs to the nearest `if`.
      return `${head} ${within(consequent, precedence.loosest - 1)} else ${printNode(alternate)}`;
    }
    case Kind.Function:
      return `function(${parameters(node.parameters)}) ${printNode(node.body)}`;
    case Kind.Local:
      return `local ${node.binds.map(bind).join(', ')}; ${printNode(node.body)}`;
    case Kind.Assert: {
      const message = node.message ? ` : ${printNode(node.message)}` : '';
      return `assert ${printNode(node.condition)}${message}; ${printNode(node.rest)}`;
    }
    case Kind.Error:
      return `error ${printNode(node.message)}`;
    case Kind.Import:
      return `import ${string(node.path)}`;
    case Kind.ImportStr:
      return `importstr ${string(node.path)}`;
    case Kind.ImportBin:
      return `importbin ${string(node.path)}`;
  }
}

/** How tight an expression binds: a smaller number is tighter. */
export function precedenceOf(node: Node): number {
  switch (node.kind) {
    case Kind.Unary:
      return precedence.unary;
    case Kind.Binary:
      return operatorPrecedence[node.operator]!;
    case Kind.InSuper:
      return precedence.in;
    case Kind.Index:
    case Kind.Field:
    case Kind.Slice:
    case Kind.Apply:
    case Kind.ApplyBrace:
    case Kind.SuperIndex:
    case Kind.SuperField:
      return precedence.apply;
    default:
      return node.kind >= Kind.Conditional ? precedence.loosest : precedence.primary;
  }
}

/** An expression where only those that bind as tight as `loosest` may stand bare. */
function within(node: Node, loosest: number): string {
  return precedenceOf(node) > loosest ? `(${printNode(node)})` : printNode(node);
}

function string({ form, value }: StringLiteral): string {
  switch (form) {
    case StringForm.Single:
      return `'${escapeString(value, true)}'`;
    case StringForm.Double:
      return `"${escapeString(value, false)}"`;
    case StringForm.VerbatimSingle:
      return `@'${value.replaceAll("'", "''")}'`;
    case StringForm.VerbatimDouble:
      return `@"${value.replaceAll('"', '""')}"`;
    case StringForm.Block: {
      const chomps = !value.endsWith('\n');
      const lines = (chomps ? value : value.slice(0, -1)).split('\n');
      return `|||${chomps ? '-' : ''}\n${lines.map((line) => `  ${line}\n`).join('')}|||`;
    }
  }
}

function specs(list: Spec[]): string {
  return list
    .map((spec) =>
      spec.kind === SpecKind.For
        ? ` for ${spec.name} in ${printNode(spec.source)}`
        : ` if ${printNode(spec.condition)}`,
    )
    .join('');
}

function parameters(list: Parameter[]): string {
  return list.map(({ name, default: value }) => (value ? `${name} = ${printNode(value)}` : name)).join(', ');
}

function bind({ name, parameters: list, body }: Bind): string {
  return `${name}${list ? `(${parameters(list)})` : ''} = ${printNode(body)}`;
}

function member(one: Member): string {
  if (one.kind === MemberKind.Local) return `local ${bind(one.bind)}`;
  if (one.kind === MemberKind.Assert) {
    return `assert ${printNode(one.condition)}${one.message ? ` : ${printNode(one.message)}` : ''}`;
  }
  return field(one);
}

const colons = { [Visibility.Inherit]: ':', [Visibility.Hidden]: '::', [Visibility.Visible]: ':::' };

function field({ kind, name, key, plus, visibility, parameters: list, body }: FieldMember): string {
  const label = kind === MemberKind.Computed ? `[${printNode(key!)}]` : key ? printNode(key) : name;
  const given = list ? `(${parameters(list)})` : '';
  return `${label}${given}${plus ? '+' : ''}${colons[visibility]} ${printNode(body)}`;
}
