// Indentation follows the structure: what begins on the line of its parent is lined up with it, what begins on a line of its
// own is one level deeper. Columns are counted as jsonnetfmt counts them, its oversights included: they decide what lines up.
import { Kind, MemberKind, SpecKind, StringForm } from '../syntax/ast.ts';
import { FodderKind, hasLineEnd, type Fodder } from './fodder.ts';
import type { FormatOptions } from './options.ts';
import type { ApplyDoc, Doc, Item, MemberDoc, ParametersDoc, SliceDoc, SpecDoc, StringDoc, Tok } from './tree.ts';
import { firstOf, leftOf, openFodder } from './walk.ts';
import { byteLength } from './width.ts';

/** `base` is the column from which deeper levels count, `line` that of a new line. */
interface Indent {
  base: number;
  line: number;
}

/** Sets the indentation of all fodder in a tree and of the fodder after it. */
export function fixIndentation(root: Doc, final: Fodder, options: FormatOptions): void {
  let column = 0;
  expression(root, { base: 0, line: 0 }, false);
  setIndents(final, 0, 0);

  /** Indents the fodder before a token and moves past it; `last` is for the line on which the token stands. */
  function fill(fodder: Fodder, isCrowded: boolean, isSeparate: boolean, line: number, last = line): void {
    setIndents(fodder, line, last);
    let crowded = isCrowded;
    for (const { kind, indent, comment } of fodder) {
      if (kind === FodderKind.Interstitial) column += (crowded ? 1 : 0) + byteLength(comment[0]!);
      else column = indent;
      crowded = kind === FodderKind.Interstitial;
    }
    if (isSeparate && crowded) column++;
  }

  function token({ fodder, text }: Tok, isCrowded: boolean, isSeparate: boolean, line: number, last = line): void {
    fill(fodder, isCrowded, isSeparate, line, last);
    column += text.length;
  }

  function startsLine(fodder: Fodder): boolean {
    return fodder.length > 0 && fodder[0]!.kind !== FodderKind.Interstitial;
  }

  /** Of what follows: lined up at `line`, or a level deeper where its first part begins a line. */
  function deeper(first: Fodder, indent: Indent, line: number, isStrong = false): Indent {
    if (!startsLine(first)) return { base: isStrong ? line : indent.base, line };
    const next = indent.base + options.indent;
    return { base: next, line: next };
  }

  /** As `deeper`, but on the same level where the first part begins a line. */
  function aligned(first: Fodder, indent: Indent, line: number, isStrong = false): Indent {
    return startsLine(first) ? indent : { base: isStrong ? line : indent.base, line };
  }

  function expression(doc: Doc, indent: Indent, isCrowded: boolean): void {
    if (leftOf(doc) === undefined) fill(openFodder(doc), isCrowded, true, indent.line);
    switch (doc.kind) {
      case Kind.String:
        return string(doc, indent);
      case Kind.Array: {
        column++;
        const values = doc.elements.map(({ value }) => openFodder(value));
        const isStrong = values.slice(1).some(hasLineEnd);
        const inner = deeper(values[0] ?? doc.close.fodder, indent, column + (options.padArrays ? 1 : 0), isStrong);
        list(doc.elements, options.padArrays, inner, (value, crowded) => expression(value, inner, crowded));
        return token(doc.close, doc.elements.length > 0, options.padArrays, inner.line, indent.base);
      }
      case Kind.ArrayComprehension: {
        column++;
        const { value, comma } = doc.body;
        const inner = deeper(openFodder(value), indent, column + (options.padArrays ? 1 : 0));
        expression(value, inner, options.padArrays);
        if (comma) token(comma, false, false, inner.line);
        specs(doc.specs, inner);
        return token(doc.close, true, options.padArrays, inner.line, indent.base);
      }
      case Kind.Object:
      case Kind.ObjectComprehension: {
        column++;
        const first = doc.members[0]?.value.head.fodder ?? doc.close.fodder;
        const inner = deeper(first, indent, column + (options.padObjects ? 1 : 0));
        list(doc.members, options.padObjects, inner, (value, crowded) => member(value, inner, crowded));
        if (doc.kind === Kind.ObjectComprehension) specs(doc.specs, inner);
        const isCrowdedClose = doc.kind === Kind.ObjectComprehension || doc.members.length > 0;
        return token(doc.close, isCrowdedClose, options.padObjects, inner.line, indent.base);
      }
      case Kind.Parens: {
        column++;
        const inner = deeper(openFodder(doc.inner), indent, column, true);
        expression(doc.inner, inner, false);
        return token(doc.close, false, false, inner.line, indent.base);
      }
      case Kind.Index:
        expression(doc.target, indent, isCrowded);
        return bracketed(doc.open, doc.index, doc.close, indent);
      case Kind.SuperIndex:
        column += doc.head.text.length;
        return bracketed(doc.open, doc.index, doc.close, indent);
      case Kind.Field:
        expression(doc.target, indent, isCrowded);
        return named(doc.dot, doc.name, indent);
      case Kind.SuperField:
        column += doc.head.text.length;
        return named(doc.dot, doc.name, indent);
      case Kind.Slice:
        return slice(doc, indent, isCrowded);
      case Kind.InSuper:
        expression(doc.index, indent, isCrowded);
        token(doc.operator, true, true, indent.line);
        return token(doc.superToken, true, true, indent.line);
      case Kind.Apply:
        return apply(doc, indent, isCrowded);
      case Kind.ApplyBrace: {
        const inner = aligned(openFodder(doc.left), indent, column + (isCrowded ? 1 : 0));
        expression(doc.left, inner, isCrowded);
        return expression(doc.right, inner, true);
      }
      case Kind.Unary: {
        column += doc.head.text.length;
        const inner = deeper(openFodder(doc.operand), indent, column);
        return expression(doc.operand, inner, firstOf(doc.operand).kind === Kind.Dollar);
      }
      case Kind.Binary: {
        // What follows an operator is lined up with what is before it, so that operands stand below each other.
        const isStrong = hasLineEnd(doc.operator.fodder) || hasLineEnd(openFodder(doc.right));
        const inner = aligned(openFodder(doc.left), indent, column + (isCrowded ? 1 : 0), isStrong);
        expression(doc.left, inner, isCrowded);
        token(doc.operator, true, true, inner.line);
        return expression(doc.right, inner, true);
      }
      case Kind.Conditional:
        column += doc.head.text.length;
        operand(doc.condition, indent);
        token(doc.thenToken, true, true, indent.base);
        operand(doc.consequent, indent);
        if (doc.elseToken) token(doc.elseToken, true, true, indent.base);
        if (doc.alternate) operand(doc.alternate, indent);
        return;
      case Kind.Function:
        column += doc.head.text.length;
        parameters(doc.parameters, indent);
        return operand(doc.body, indent);
      case Kind.Local: {
        column += doc.head.text.length;
        const inner = deeper(doc.binds[0]!.name.fodder, indent, column + 1);
        for (const { name, parameters: list_, equals, value, close } of doc.binds) {
          token(name, true, true, inner.line);
          if (list_) parameters(list_, inner);
          token(equals, true, true, inner.line);
          const bodyIndent = deeper(openFodder(value), inner, column + 1);
          expression(value, bodyIndent, true);
          token(close, false, false, bodyIndent.line, indent.base);
        }
        return expression(doc.body, indent, true);
      }
      case Kind.Assert: {
        column += doc.head.text.length;
        const inner = deeper(openFodder(doc.condition), indent, column + 1);
        expression(doc.condition, inner, true);
        if (doc.colon) token(doc.colon, true, true, inner.line);
        if (doc.message) expression(doc.message, inner, true);
        token(doc.close, false, false, inner.line);
        return expression(doc.rest, indent, true);
      }
      case Kind.Error:
        column += doc.head.text.length;
        return operand(doc.message, indent);
      case Kind.Import:
      case Kind.ImportStr:
      case Kind.ImportBin:
        column += doc.head.text.length;
        return operand(doc.path, indent);
      default:
        column += doc.head.text.length;
    }
  }

  /** What stands after a keyword and a space. */
  function operand(doc: Doc, indent: Indent): void {
    expression(doc, deeper(openFodder(doc), indent, column + 1), true);
  }

  function string(doc: StringDoc, indent: Indent): void {
    const { form, raw } = doc;
    if (form === StringForm.Block) {
      doc.indent = ' '.repeat(indent.base + options.indent);
      doc.terminator = ' '.repeat(indent.base);
      column = indent.base + 3;
    } else if (form <= StringForm.Double) column += 2 + byteLength(raw);
    else {
      const quote = form === StringForm.VerbatimSingle ? "'" : '"';
      column += 3 + [...raw].length + raw.split(quote).length - 1;
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
      if (comma) token(comma, false, false, indent.line);
    }
  }

  function bracketed(open: Tok, index: Doc, close: Tok, indent: Indent): void {
    token(open, false, false, indent.line);
    const inner = deeper(openFodder(index), indent, column);
    expression(index, inner, false);
    token(close, false, false, inner.line, indent.base);
  }

  function named(dot: Tok, name: Tok, indent: Indent): void {
    token(dot, false, false, indent.line);
    token(name, false, false, deeper(name.fodder, indent, column).line);
  }

  /** jsonnetfmt leaves the fodder of the bracket, and of a colon after which nothing comes, as it is. */
  function slice(
    { target, open, from, colon, to, stepColon, step }: SliceDoc,
    indent: Indent,
    isCrowded: boolean,
  ): void {
    expression(target, indent, isCrowded);
    token(open, false, false, indent.line);
    let inner: Indent = { base: 0, line: 0 };
    if (from) {
      inner = deeper(openFodder(from), indent, column);
      expression(from, inner, false);
    }
    if (to || step || !from) {
      inner = deeper(colon.fodder, indent, column);
      token(colon, false, false, inner.line);
    }
    if (to) expression(to, inner, false);
    if (stepColon && step) {
      token(stepColon, false, false, inner.line);
      expression(step, inner, false);
    }
    column++;
  }

  function apply(doc: ApplyDoc, indent: Indent, isCrowded: boolean): void {
    const outer = aligned(openFodder(doc.target), indent, column + (isCrowded ? 1 : 0));
    expression(doc.target, outer, isCrowded);
    token(doc.open, false, false, outer.line);
    const given = doc.arguments.map(({ value }) => (value.name ? value.name.fodder : openFodder(value.value)));
    const inner = deeper(given[0] ?? doc.close.fodder, indent, column, given.slice(1).some(hasLineEnd));
    list(doc.arguments, false, inner, ({ name, equals, value }, crowded) => {
      if (name) token(name, crowded, false, inner.line);
      if (equals) column++;
      expression(value, inner, name ? false : crowded);
    });
    token(doc.close, false, false, inner.line, indent.base);
    if (doc.tailstrict) token(doc.tailstrict, true, true, indent.base);
  }

  function parameters(docs: ParametersDoc, indent: Indent): void {
    token(docs.open, false, false, indent.line);
    const inner = deeper(docs.list[0]?.value.name.fodder ?? docs.close.fodder, indent, column);
    list(docs.list, false, inner, ({ name, equals, value }, crowded) => {
      token(name, crowded, true, inner.line);
      if (equals) token(equals, false, false, inner.line);
      if (value) expression(value, inner, false);
    });
    token(docs.close, false, false, inner.line, indent.line);
  }

  /** jsonnetfmt indents the source of a `for` again where a condition follows it, and never the condition. */
  function specs(docs: SpecDoc[], indent: Indent): void {
    let source: Doc | undefined;
    for (const spec of docs) {
      token(spec.head, true, true, indent.line);
      if (spec.kind === SpecKind.For) {
        source = spec.source;
        token(spec.name, true, true, indent.line);
        token(spec.in, true, true, indent.line);
      }
      expression(source!, deeper(openFodder(source!), indent, column), true);
    }
  }

  function member(doc: MemberDoc, indent: Indent, isCrowded: boolean): void {
    if (doc.kind === MemberKind.String) expression(doc.key!, indent, isCrowded);
    else token(doc.head, isCrowded, true, indent.line);
    switch (doc.kind) {
      case MemberKind.Local:
        token(doc.name, true, true, indent.line);
        if (doc.parameters) parameters(doc.parameters, indent);
        token(doc.equals, true, true, indent.line);
        return expression(doc.value, deeper(openFodder(doc.value), indent, column), true);
      case MemberKind.Assert: {
        const inner = deeper(openFodder(doc.condition), indent, column + 1);
        expression(doc.condition, indent, true);
        if (doc.colon) token(doc.colon, true, true, inner.line);
        if (doc.message) expression(doc.message, inner, true);
        return;
      }
      default:
        if (doc.kind === MemberKind.Computed) expression(doc.key!, indent, false);
        if (doc.close) token(doc.close, false, false, indent.line);
        if (doc.parameters) parameters(doc.parameters, indent);
        token(doc.operator, false, false, indent.line);
        return expression(doc.value, deeper(openFodder(doc.value), indent, column), true);
    }
  }
}

/** All but the last line get one indentation, the last another. */
function setIndents(fodder: Fodder, line: number, last: number): void {
  const lines = fodder.filter(({ kind }) => kind !== FodderKind.Interstitial);
  for (const [i, element] of lines.entries()) element.indent = i === lines.length - 1 ? last : line;
}
