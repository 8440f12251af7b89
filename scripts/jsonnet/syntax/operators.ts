import { BinaryOperator, UnaryOperator } from './ast.ts';

/** How each binary operator is written, by `BinaryOperator`. */
export const operatorText: readonly string[] = '* / % + - << >> > >= < <= in == != & ^ | && ||'.split(' ');

/** How tight each binary operator binds, by `BinaryOperator`: a smaller number binds tighter. */
export const operatorPrecedence: readonly number[] = [5, 5, 5, 6, 6, 7, 7, 8, 8, 8, 8, 8, 9, 9, 10, 11, 12, 13, 14];

/** Operators that take two numbers and give one, and nothing else. `+` joins, and `%` formats. */
export const arithmetic: ReadonlySet<BinaryOperator> = new Set([
  BinaryOperator.Multiply,
  BinaryOperator.Divide,
  BinaryOperator.Minus,
  BinaryOperator.ShiftLeft,
  BinaryOperator.ShiftRight,
  BinaryOperator.BitAnd,
  BinaryOperator.BitOr,
  BinaryOperator.BitXor,
]);

/** How each unary operator is written, by `UnaryOperator`. */
export const unaryText: readonly string[] = ['!', '~', '+', '-'];

export const precedence = {
  /** Literals, names, parentheses. */
  primary: 1,
  /** Calls, indexing, `e { … }`. */
  apply: 2,
  unary: 4,
  plus: operatorPrecedence[BinaryOperator.Plus]!,
  in: operatorPrecedence[BinaryOperator.In]!,
  /** `local`, `if`, `function`, `error`, `assert` and imports: they reach as far to the right as they can. */
  loosest: 16,
} as const;

/** The operator of a token such as `!`, if it is unary. */
export function unaryOperator(text: string): UnaryOperator | undefined {
  const index = unaryText.indexOf(text);
  return index === -1 ? undefined : index;
}
