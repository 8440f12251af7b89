// Indentation follows the structure: what begins on the line of its parent is lined up with it, what begins on a line of its
// own is one level deeper. Columns are counted as jsonnetfmt counts them, its oversights included: they decide what lines up.
import { Kind, MemberKind, SpecKind, StringForm } from '../syntax/ast.ts';
import { columnsOf, setIndents, type Indent } from './columns.ts';
import { hasLineEnd, type Fodder } from './fodder.ts';
import type { FormatOptions } from './options.ts';
import type { ApplyDoc, Doc, Item, MemberDoc, ParametersDoc, SliceDoc, SpecDoc, StringDoc, Tok } from './tree.ts';
import { firstOf, leftOf, openFodder } from './walk.ts';
import { byteLength } from './width.ts';

/** Sets the indentation of all fodder in a tree and of the fodder after it. */
export function fixIndentation(root: Doc, final: Fodder, options: FormatOptions): void {
  const columns = columnsOf(options.indent);
  expression(root, { base: 0, line: 0 }, false);
  setIndents(final, 0, 0);

  function expression(doc: Doc, indent: Indent, isCrowded: boolean): void {
    if (leftOf(doc) === undefined) columns.fill(openFodder(doc), isCrowded, true, indent.line);
    switch (doc.kind) {
      case Kind.String:
        return string(doc, indent);
      case Kind.Array: {
        columns.at++;
        const values = doc.elements.map(({ value }) => openFodder(value));
        const isStrong = values.slice(1).some(hasLineEnd);
        const inner = columns.deeper(
          values[0] ?? doc.close.fodder,
          indent,
          columns.at + (options.padArrays ? 1 : 0),
          isStrong,
        );
        list(doc.elements, options.padArrays, inner, (value, crowded) => expression(value, inner, crowded));
        return columns.token(doc.close, doc.elements.length > 0, options.padArrays, inner.line, indent.base);
      }
      case Kind.ArrayComprehension: {
        columns.at++;
        const { value, comma } = doc.body;
        const inner = columns.deeper(openFodder(value), indent, columns.at + (options.padArrays ? 1 : 0));
        expression(value, inner, options.padArrays);
        if (comma) columns.token(comma, false, false, inner.line);
        specs(doc.specs, inner);
        return columns.token(doc.close, true, options.padArrays, inner.line, indent.base);
      }
      case Kind.Object:
      case Kind.ObjectComprehension: {
        columns.at++;
        const first = doc.members[0]?.value.head.fodder ?? doc.close.fodder;
        const inner = columns.deeper(first, indent, columns.at + (options.padObjects ? 1 : 0));
        list(doc.members, options.padObjects, inner, (value, crowded) => member(value, inner, crowded));
        if (doc.kind === Kind.ObjectComprehension) specs(doc.specs, inner);
        const isCrowdedClose = doc.kind === Kind.ObjectComprehension || doc.members.length > 0;
        return columns.token(doc.close, isCrowdedClose, options.padObjects, inner.line, indent.base);
      }
      case Kind.Parens: {
        columns.at++;
        const inner = columns.deeper(openFodder(doc.inner), indent, columns.at, true);
        expression(doc.inner, inner, false);
        return columns.token(doc.close, false, false, inner.line, indent.base);
      }
      case Kind.Index:
        expression(doc.target, indent, isCrowded);
        return bracketed(doc.open, doc.index, doc.close, indent);
      case Kind.SuperIndex:
        columns.at += doc.head.text.length;
        return bracketed(doc.open, doc.index, doc.close, indent);
      case Kind.Field:
        expression(doc.target, indent, isCrowded);
        return named(doc.dot, doc.name, indent);
      case Kind.SuperField:
        columns.at += doc.head.text.length;
        return named(doc.dot, doc.name, indent);
      case Kind.Slice:
        return slice(doc, indent, isCrowded);
      case Kind.InSuper:
        expression(doc.index, indent, isCrowded);
        columns.token(doc.operator, true, true, indent.line);
        return columns.token(doc.superToken, true, true, indent.line);
      case Kind.Apply:
        return apply(doc, indent, isCrowded);
      case Kind.ApplyBrace: {
        const inner = columns.aligned(openFodder(doc.left), indent, columns.at + (isCrowded ? 1 : 0));
        expression(doc.left, inner, isCrowded);
        return expression(doc.right, inner, true);
      }
      case Kind.Unary: {
        columns.at += doc.head.text.length;
        const inner = columns.deeper(openFodder(doc.operand), indent, columns.at);
        return expression(doc.operand, inner, firstOf(doc.operand).kind === Kind.Dollar);
      }
      case Kind.Binary: {
        // What follows an operator is lined up with what is before it, so that operands stand below each other.
        const isStrong = hasLineEnd(doc.operator.fodder) || hasLineEnd(openFodder(doc.right));
        const inner = columns.aligned(openFodder(doc.left), indent, columns.at + (isCrowded ? 1 : 0), isStrong);
        expression(doc.left, inner, isCrowded);
        columns.token(doc.operator, true, true, inner.line);
        return expression(doc.right, inner, true);
      }
      case Kind.Conditional:
        columns.at += doc.head.text.length;
        operand(doc.condition, indent);
        columns.token(doc.thenToken, true, true, indent.base);
        operand(doc.consequent, indent);
        if (doc.elseToken) columns.token(doc.elseToken, true, true, indent.base);
        if (doc.alternate) operand(doc.alternate, indent);
        return;
      case Kind.Function:
        columns.at += doc.head.text.length;
        parameters(doc.parameters, indent);
        return operand(doc.body, indent);
      case Kind.Local: {
        columns.at += doc.head.text.length;
        const inner = columns.deeper(doc.binds[0]!.name.fodder, indent, columns.at + 1);
        for (const { name, parameters: list_, equals, value, close } of doc.binds) {
          columns.token(name, true, true, inner.line);
          if (list_) parameters(list_, inner);
          columns.token(equals, true, true, inner.line);
          const bodyIndent = columns.deeper(openFodder(value), inner, columns.at + 1);
          expression(value, bodyIndent, true);
          columns.token(close, false, false, bodyIndent.line, indent.base);
        }
        return expression(doc.body, indent, true);
      }
      case Kind.Assert: {
        columns.at += doc.head.text.length;
        const inner = columns.deeper(openFodder(doc.condition), indent, columns.at + 1);
        expression(doc.condition, inner, true);
        if (doc.colon) columns.token(doc.colon, true, true, inner.line);
        if (doc.message) expression(doc.message, inner, true);
        columns.token(doc.close, false, false, inner.line);
        return expression(doc.rest, indent, true);
      }
      case Kind.Error:
        columns.at += doc.head.text.length;
        return operand(doc.message, indent);
      case Kind.Import:
      case Kind.ImportStr:
      case Kind.ImportBin:
        columns.at += doc.head.text.length;
        return operand(doc.path, indent);
      default:
        columns.at += doc.head.text.length;
    }
  }

  /** What stands after a keyword and a space. */
  function operand(doc: Doc, indent: Indent): void {
    expression(doc, columns.deeper(openFodder(doc), indent, columns.at + 1), true);
  }

  function string(doc: StringDoc, indent: Indent): void {
    const { form, raw } = doc;
    if (form === StringForm.Block) {
      doc.indent = ' '.repeat(indent.base + options.indent);
      doc.terminator = ' '.repeat(indent.base);
      columns.at = indent.base + 3;
    } else if (form <= StringForm.Double) columns.at += 2 + byteLength(raw);
    else {
      const quote = form === StringForm.VerbatimSingle ? "'" : '"';
      columns.at += 3 + [...raw].length + raw.split(quote).length - 1;
    }
  }

  function list<T>(
    items: Item<T>[],
    isPadded: boolean,
    indent: Indent,
    each: (value: T, isCrowded: boolean) => void,
  ): void {
    for (const [i, { value, comma }] of items.entries()) {
      each(value, i > 0 || isPadded);
      if (comma) columns.token(comma, false, false, indent.line);
    }
  }

  function bracketed(open: Tok, index: Doc, close: Tok, indent: Indent): void {
    columns.token(open, false, false, indent.line);
    const inner = columns.deeper(openFodder(index), indent, columns.at);
    expression(index, inner, false);
    columns.token(close, false, false, inner.line, indent.base);
  }

  function named(dot: Tok, name: Tok, indent: Indent): void {
    columns.token(dot, false, false, indent.line);
    columns.token(name, false, false, columns.deeper(name.fodder, indent, columns.at).line);
  }

  /** jsonnetfmt leaves the fodder of the bracket, and of a colon after which nothing comes, as it is. */
  function slice(
    { target, open, from, colon, to, stepColon, step }: SliceDoc,
    indent: Indent,
    isCrowded: boolean,
  ): void {
    expression(target, indent, isCrowded);
    columns.token(open, false, false, indent.line);
    let inner: Indent = { base: 0, line: 0 };
    if (from) {
      inner = columns.deeper(openFodder(from), indent, columns.at);
      expression(from, inner, false);
    }
    if (to || step || !from) {
      inner = columns.deeper(colon.fodder, indent, columns.at);
      columns.token(colon, false, false, inner.line);
    }
    if (to) expression(to, inner, false);
    if (stepColon && step) {
      columns.token(stepColon, false, false, inner.line);
      expression(step, inner, false);
    }
    columns.at++;
  }

  function apply(doc: ApplyDoc, indent: Indent, isCrowded: boolean): void {
    const outer = columns.aligned(openFodder(doc.target), indent, columns.at + (isCrowded ? 1 : 0));
    expression(doc.target, outer, isCrowded);
    columns.token(doc.open, false, false, outer.line);
    const given = doc.arguments.map(({ value }) => (value.name ? value.name.fodder : openFodder(value.value)));
    const inner = columns.deeper(given[0] ?? doc.close.fodder, indent, columns.at, given.slice(1).some(hasLineEnd));
    list(doc.arguments, false, inner, ({ name, equals, value }, crowded) => {
      if (name) columns.token(name, crowded, false, inner.line);
      if (equals) columns.at++;
      expression(value, inner, name ? false : crowded);
    });
    columns.token(doc.close, false, false, inner.line, indent.base);
    if (doc.tailstrict) columns.token(doc.tailstrict, true, true, indent.base);
  }

  function parameters(docs: ParametersDoc, indent: Indent): void {
    columns.token(docs.open, false, false, indent.line);
    const inner = columns.deeper(docs.list[0]?.value.name.fodder ?? docs.close.fodder, indent, columns.at);
    list(docs.list, false, inner, ({ name, equals, value }, crowded) => {
      columns.token(name, crowded, true, inner.line);
      if (equals) columns.token(equals, false, false, inner.line);
      if (value) expression(value, inner, false);
    });
    columns.token(docs.close, false, false, inner.line, indent.line);
  }

  /** jsonnetfmt indents the source of a `for` again where a condition follows it, and never the condition. */
  function specs(docs: SpecDoc[], indent: Indent): void {
    let source: Doc | undefined;
    for (const spec of docs) {
      columns.token(spec.head, true, true, indent.line);
      if (spec.kind === SpecKind.For) {
        source = spec.source;
        columns.token(spec.name, true, true, indent.line);
        columns.token(spec.in, true, true, indent.line);
      }
      expression(source!, columns.deeper(openFodder(source!), indent, columns.at), true);
    }
  }

  function member(doc: MemberDoc, indent: Indent, isCrowded: boolean): void {
    if (doc.kind === MemberKind.String) expression(doc.key!, indent, isCrowded);
    else columns.token(doc.head, isCrowded, true, indent.line);
    switch (doc.kind) {
      case MemberKind.Local:
        columns.token(doc.name, true, true, indent.line);
        if (doc.parameters) parameters(doc.parameters, indent);
        columns.token(doc.equals, true, true, indent.line);
        return expression(doc.value, columns.deeper(openFodder(doc.value), indent, columns.at), true);
      case MemberKind.Assert: {
        const inner = columns.deeper(openFodder(doc.condition), indent, columns.at + 1);
        expression(doc.condition, indent, true);
        if (doc.colon) columns.token(doc.colon, true, true, inner.line);
        if (doc.message) expression(doc.message, inner, true);
        return;
      }
      default:
        if (doc.kind === MemberKind.Computed) expression(doc.key!, indent, false);
        if (doc.close) columns.token(doc.close, false, false, indent.line);
        if (doc.parameters) parameters(doc.parameters, indent);
        columns.token(doc.operator, false, false, indent.line);
        return expression(doc.value, columns.deeper(openFodder(doc.value), indent, columns.at), true);
    }
  }
}
