import { Token } from './token.ts';

/** Whether a character is part of an operator: ! $ % & * + - / : < = > ^ | ~ */
export function isSymbol(c: number): boolean {
  switch (c) {
    case 33:
    case 36:
    case 37:
    case 38:
    case 42:
    case 43:
    case 45:
    case 47:
    case 58:
    case 60:
    case 61:
    case 62:
    case 94:
    case 124:
    case 126:
      return true;
    default:
      return false;
  }
}

/** The token of an operator: `first` and `last` are its first and its last sign. */
export function operatorToken(text: string, start: number, end: number, first: number, last: number): Token {
  if (end === start + 1) return oneSymbol(first);
  return end === start + 2 ? twoSymbols(first, last) : manySymbols(text.slice(start, end));
}

function oneSymbol(c: number): Token {
  switch (c) {
    case 33:
      return Token.Not;
    case 36:
      return Token.Dollar;
    case 37:
      return Token.Remainder;
    case 38:
      return Token.BitAnd;
    case 42:
      return Token.Multiply;
    case 43:
      return Token.Plus;
    case 45:
      return Token.Minus;
    case 47:
      return Token.Divide;
    case 58:
      return Token.Colon;
    case 60:
      return Token.Less;
    case 61:
      return Token.Assign;
    case 62:
      return Token.Greater;
    case 94:
      return Token.BitXor;
    case 124:
      return Token.BitOr;
    default:
      return Token.BitNot;
  }
}

function twoSymbols(first: number, second: number): Token {
  if (second === 58) return first === 58 ? Token.DoubleColon : first === 43 ? Token.PlusColon : Token.OtherOperator;
  if (second === 61) {
    if (first === 61) return Token.Equal;
    if (first === 33) return Token.Unequal;
    if (first === 60) return Token.LessOrEqual;
    if (first === 62) return Token.GreaterOrEqual;
  } else if (first === second) {
    if (first === 38) return Token.And;
    if (first === 124) return Token.Or;
    if (first === 60) return Token.ShiftLeft;
    if (first === 62) return Token.ShiftRight;
  }
  return Token.OtherOperator;
}

function manySymbols(symbols: string): Token {
  if (symbols === ':::') return Token.TripleColon;
  if (symbols === '+::') return Token.PlusDoubleColon;
  return symbols === '+:::' ? Token.PlusTripleColon : Token.OtherOperator;
}
