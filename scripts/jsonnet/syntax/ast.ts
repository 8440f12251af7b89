// The surface syntax of Jsonnet as a tree: nothing is desugared, so a formatter, a linter and a compiler read the same one.
// `start` and `end` are offsets into the source in UTF-16 units, `end` exclusive; positions.ts turns them into lines.

/** What a node is. A const enum: bundled, every `switch` over it is a jump table. */
export const enum Kind {
  Null,
  True,
  False,
  Self,
  Dollar,
  Number,
  String,
  Variable,
  Array,
  ArrayComprehension,
  Object,
  ObjectComprehension,
  Parens,
  Index,
  Field,
  Slice,
  SuperIndex,
  SuperField,
  InSuper,
  Apply,
  ApplyBrace,
  Unary,
  Binary,
  Conditional,
  Function,
  Local,
  Assert,
  Error,
  Import,
  ImportStr,
  ImportBin,
}

/** Binary operators; the order is that of `operatorText` and `operatorPrecedence` in operators.ts. */
export const enum BinaryOperator {
  Multiply,
  Divide,
  Remainder,
  Plus,
  Minus,
  ShiftLeft,
  ShiftRight,
  Greater,
  GreaterOrEqual,
  Less,
  LessOrEqual,
  In,
  Equal,
  Unequal,
  BitAnd,
  BitXor,
  BitOr,
  And,
  Or,
}

export const enum UnaryOperator {
  Not,
  BitNot,
  Plus,
  Minus,
}

/** How a string is written: '…', "…", @'…', @"…" or |||. */
export const enum StringForm {
  Single,
  Double,
  VerbatimSingle,
  VerbatimDouble,
  Block,
}

export type Node =
  | Keyword
  | NumberLiteral
  | StringLiteral
  | Variable
  | ArrayLiteral
  | ArrayComprehension
  | ObjectLiteral
  | ObjectComprehension
  | Parens
  | Index
  | Field
  | Slice
  | SuperIndex
  | SuperField
  | InSuper
  | Apply
  | ApplyBrace
  | Unary
  | Binary
  | Conditional
  | FunctionLiteral
  | Local
  | Assert
  | ErrorExpression
  | Import;

interface At {
  start: number;
  end: number;
}

/** `null`, `true`, `false`, `self` and `$`. */
export interface Keyword extends At {
  kind: Kind.Null | Kind.True | Kind.False | Kind.Self | Kind.Dollar;
}

export interface NumberLiteral extends At {
  kind: Kind.Number;
  /** Infinity for a literal too large for a double, which is an error when it is evaluated. */
  value: number;
}

export interface StringLiteral extends At {
  kind: Kind.String;
  form: StringForm;
  /** The string meant: escapes resolved, the indentation of a text block taken off. */
  value: string;
}

export interface Variable extends At {
  kind: Kind.Variable;
  name: string;
}

export interface ArrayLiteral extends At {
  kind: Kind.Array;
  elements: Node[];
}

export interface ArrayComprehension extends At {
  kind: Kind.ArrayComprehension;
  body: Node;
  specs: Spec[];
}

export interface ObjectLiteral extends At {
  kind: Kind.Object;
  members: Member[];
}

/** `{ [e]: e for x in xs }`: the members are one computed field and any number of locals. */
export interface ObjectComprehension extends At {
  kind: Kind.ObjectComprehension;
  members: Member[];
  specs: Spec[];
}

export interface Parens extends At {
  kind: Kind.Parens;
  inner: Node;
}

/** `target[index]` */
export interface Index extends At {
  kind: Kind.Index;
  target: Node;
  index: Node;
}

/** `target.name` */
export interface Field extends At {
  kind: Kind.Field;
  target: Node;
  name: string;
  nameStart: number;
}

/** `target[from:to:step]`, each of them optional. */
export interface Slice extends At {
  kind: Kind.Slice;
  target: Node;
  from: Node | undefined;
  to: Node | undefined;
  step: Node | undefined;
}

/** `super[index]` */
export interface SuperIndex extends At {
  kind: Kind.SuperIndex;
  index: Node;
}

/** `super.name` */
export interface SuperField extends At {
  kind: Kind.SuperField;
  name: string;
  nameStart: number;
}

/** `index in super` */
export interface InSuper extends At {
  kind: Kind.InSuper;
  index: Node;
}

/** `target(positional, name=named)`, perhaps `tailstrict` */
export interface Apply extends At {
  kind: Kind.Apply;
  target: Node;
  positional: Node[];
  named: NamedArgument[];
  tailstrict: boolean;
}

export interface NamedArgument extends At {
  name: string;
  value: Node;
}

/** `left { … }`, the same as `left + { … }` but binding tighter. */
export interface ApplyBrace extends At {
  kind: Kind.ApplyBrace;
  left: Node;
  right: ObjectLiteral | ObjectComprehension;
}

export interface Unary extends At {
  kind: Kind.Unary;
  operator: UnaryOperator;
  operand: Node;
}

export interface Binary extends At {
  kind: Kind.Binary;
  operator: BinaryOperator;
  left: Node;
  right: Node;
}

export interface Conditional extends At {
  kind: Kind.Conditional;
  condition: Node;
  consequent: Node;
  /** Undefined where no `else` is written, which means `null`. */
  alternate: Node | undefined;
}

export interface FunctionLiteral extends At {
  kind: Kind.Function;
  parameters: Parameter[];
  body: Node;
}

export interface Parameter extends At {
  name: string;
  default: Node | undefined;
}

export interface Local extends At {
  kind: Kind.Local;
  binds: Bind[];
  body: Node;
}

/** `name = body`, or `name(parameters) = body`. It starts at the name. */
export interface Bind extends At {
  name: string;
  parameters: Parameter[] | undefined;
  body: Node;
}

export interface Assert extends At {
  kind: Kind.Assert;
  condition: Node;
  message: Node | undefined;
  rest: Node;
}

export interface ErrorExpression extends At {
  kind: Kind.Error;
  message: Node;
}

export interface Import extends At {
  kind: Kind.Import | Kind.ImportStr | Kind.ImportBin;
  path: StringLiteral;
}

/** What a part of a comprehension is. */
export const enum SpecKind {
  For,
  If,
}

export type Spec = ForSpec | IfSpec;

/** `for name in source` */
export interface ForSpec extends At {
  kind: SpecKind.For;
  name: string;
  nameStart: number;
  source: Node;
}

/** `if condition` */
export interface IfSpec extends At {
  kind: SpecKind.If;
  condition: Node;
}

/** What a member of an object is; fields by how their name is written. */
export const enum MemberKind {
  Identifier,
  String,
  Computed,
  Local,
  Assert,
}

export type Member = FieldMember | LocalMember | AssertMember;

/** `:` takes the visibility that the super object's field has, `::` hides, `:::` shows. */
export const enum Visibility {
  Inherit,
  Hidden,
  Visible,
}

export interface FieldMember extends At {
  kind: MemberKind.Identifier | MemberKind.String | MemberKind.Computed;
  /** The field's name; empty where it is computed. */
  name: string;
  /** The string literal or the computed expression; undefined for an identifier. */
  key: Node | undefined;
  /** `+:` */
  plus: boolean;
  visibility: Visibility;
  /** Of a method. */
  parameters: Parameter[] | undefined;
  body: Node;
}

export interface LocalMember extends At {
  kind: MemberKind.Local;
  bind: Bind;
}

export interface AssertMember extends At {
  kind: MemberKind.Assert;
  condition: Node;
  message: Node | undefined;
}
