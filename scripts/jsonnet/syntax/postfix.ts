import { Kind, type NamedArgument, type Node } from './ast.ts';
import { comma, current, fail, failAt, identifier, word } from './expect.ts';
import { next, previousEnd, start, token } from './lexer.ts';
import { object } from './members.ts';
import { expression } from './parser.ts';
import { Token } from './token.ts';

/** What follows an expression and reads, calls or extends it. */
export function postfix(target: Node): Node {
  for (;;) {
    switch (token) {
      case Token.Dot: {
        next();
        const nameStart = start;
        const name = identifier();
        target = { kind: Kind.Field, start: target.start, end: previousEnd, target, name, nameStart };
        break;
      }
      case Token.ParenLeft:
        target = apply(target);
        break;
      case Token.BracketLeft:
        target = indexed(target);
        break;
      case Token.BraceLeft: {
        const right = object();
        target = { kind: Kind.ApplyBrace, start: target.start, end: right.end, left: target, right };
        break;
      }
      default:
        return target;
    }
  }
}

function apply(target: Node): Node {
  next();
  const positional: Node[] = [];
  const named: NamedArgument[] = [];
  while (token !== Token.ParenRight) {
    const value = expression();
    if (value.kind === Kind.Variable && (token as Token) === Token.Assign) {
      next();
      const given = expression();
      named.push({ name: value.name, start: value.start, end: given.end, value: given });
    } else if (named.length > 0) {
      failAt('Positional argument after a named argument is not allowed', value.start, value.end);
    } else positional.push(value);
    if (!comma(Token.ParenRight)) fail(`Expected a comma before next function argument, got ${current()}`);
  }
  next();
  const tailstrict = (token as Token) === Token.Tailstrict;
  if (tailstrict) next();
  return { kind: Kind.Apply, start: target.start, end: previousEnd, target, positional, named, tailstrict };
}

/** `[index]` or a slice: colons are `:` and `::`, two at most. */
function indexed(target: Node): Node {
  next();
  const parts: (Node | undefined)[] = [undefined, undefined, undefined];
  let colons = 0;
  while (token !== Token.BracketRight) {
    if (token === Token.Colon) colons++;
    else if (token === Token.DoubleColon) colons += 2;
    else {
      if (parts[colons] !== undefined) fail(`Expected token "]" but got ${current()}`);
      // The engines take [':'] for a slice, which nobody means who writes it.
      if (token >= Token.SingleQuoted && token <= Token.VerbatimDouble && /^@?.::?.$/.test(word())) {
        fail("A literal ':' here is read as a slice by the engines: put it in parentheses");
      }
      const part = expression();
      parts[colons] = part;
      continue;
    }
    if (colons > 2) fail('Invalid slice: too many colons');
    next();
  }
  next();
  const [from, to, step] = parts;
  const place = { start: target.start, end: previousEnd };
  if (colons > 0) return { kind: Kind.Slice, start: place.start, end: place.end, target, from, to, step };
  if (from === undefined) failAt('An index requires an expression', previousEnd - 1, previousEnd);
  return { kind: Kind.Index, start: place.start, end: place.end, target, index: from };
}
