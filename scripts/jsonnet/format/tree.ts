// The tree a formatter works on: the syntax tree with every token in it, each with the fodder before it. Passes change the
// tokens, their fodder and the tree; printing then is a walk over the tokens that are left.
import type { Kind, MemberKind, SpecKind, StringForm } from '../syntax/ast.ts';
import type { Fodder } from './fodder.ts';

export interface Tok {
  text: string;
  fodder: Fodder;
  /** Passes over comments and blank lines leave this fodder alone, as those of jsonnetfmt do. */
  isFixed?: true;
}

/** An element of a list and the comma after it. */
export interface Item<T> {
  value: T;
  comma: Tok | undefined;
}

export type Doc =
  | LeafDoc
  | StringDoc
  | ArrayDoc
  | ArrayComprehensionDoc
  | ObjectDoc
  | ObjectComprehensionDoc
  | ParensDoc
  | IndexDoc
  | FieldDoc
  | SliceDoc
  | SuperIndexDoc
  | SuperFieldDoc
  | InSuperDoc
  | ApplyDoc
  | ApplyBraceDoc
  | UnaryDoc
  | BinaryDoc
  | ConditionalDoc
  | FunctionDoc
  | LocalDoc
  | AssertDoc
  | ErrorDoc
  | ImportDoc;

// `head` is the first token of what doesn't begin with another expression.
export type LeafDoc = {
  kind: Kind.Null | Kind.True | Kind.False | Kind.Self | Kind.Dollar | Kind.Number | Kind.Variable;
  head: Tok;
};
export type StringDoc = {
  kind: Kind.String;
  head: Tok;
  form: StringForm;
  /** What is between the quotes: escapes as they are written, doubled quotes and indentation resolved. */
  raw: string;
  /** Of a text block: the indentation of its lines and of the closing bars. */
  indent: string;
  terminator: string;
};
export type ArrayDoc = { kind: Kind.Array; head: Tok; elements: Item<Doc>[]; close: Tok };
export type ArrayComprehensionDoc = {
  kind: Kind.ArrayComprehension;
  head: Tok;
  body: Item<Doc>;
  specs: SpecDoc[];
  close: Tok;
};
export type ObjectDoc = { kind: Kind.Object; head: Tok; members: Item<MemberDoc>[]; close: Tok };
export type ObjectComprehensionDoc = {
  kind: Kind.ObjectComprehension;
  head: Tok;
  members: Item<MemberDoc>[];
  specs: SpecDoc[];
  close: Tok;
};
export type ParensDoc = { kind: Kind.Parens; head: Tok; inner: Doc; close: Tok };
export type IndexDoc = { kind: Kind.Index; target: Doc; open: Tok; index: Doc; close: Tok };
export type FieldDoc = { kind: Kind.Field; target: Doc; dot: Tok; name: Tok };
export type SliceDoc = {
  kind: Kind.Slice;
  target: Doc;
  open: Tok;
  from: Doc | undefined;
  colon: Tok;
  to: Doc | undefined;
  stepColon: Tok | undefined;
  step: Doc | undefined;
  close: Tok;
};
export type SuperIndexDoc = { kind: Kind.SuperIndex; head: Tok; open: Tok; index: Doc; close: Tok };
export type SuperFieldDoc = { kind: Kind.SuperField; head: Tok; dot: Tok; name: Tok };
export type InSuperDoc = { kind: Kind.InSuper; index: Doc; operator: Tok; superToken: Tok };
export type ArgumentDoc = { name: Tok | undefined; equals: Tok | undefined; value: Doc };
export type ApplyDoc = {
  kind: Kind.Apply;
  target: Doc;
  open: Tok;
  arguments: Item<ArgumentDoc>[];
  close: Tok;
  tailstrict: Tok | undefined;
};
export type ApplyBraceDoc = { kind: Kind.ApplyBrace; left: Doc; right: Doc };
export type UnaryDoc = { kind: Kind.Unary; head: Tok; operand: Doc };
export type BinaryDoc = { kind: Kind.Binary; left: Doc; operator: Tok; precedence: number; right: Doc };
export type ConditionalDoc = {
  kind: Kind.Conditional;
  head: Tok;
  condition: Doc;
  thenToken: Tok;
  consequent: Doc;
  elseToken: Tok | undefined;
  alternate: Doc | undefined;
};
export type FunctionDoc = { kind: Kind.Function; head: Tok; parameters: ParametersDoc; body: Doc };
export type ParameterDoc = { name: Tok; equals: Tok | undefined; value: Doc | undefined };
export type ParametersDoc = { open: Tok; list: Item<ParameterDoc>[]; close: Tok };
export type LocalDoc = { kind: Kind.Local; head: Tok; binds: BindDoc[]; body: Doc };
/** `close` is the comma or semicolon after a bind. */
export type BindDoc = { name: Tok; parameters: ParametersDoc | undefined; equals: Tok; value: Doc; close: Tok };
export type AssertDoc = {
  kind: Kind.Assert;
  head: Tok;
  condition: Doc;
  colon: Tok | undefined;
  message: Doc | undefined;
  close: Tok;
  rest: Doc;
};
export type ErrorDoc = { kind: Kind.Error; head: Tok; message: Doc };
export type ImportDoc = { kind: Kind.Import | Kind.ImportStr | Kind.ImportBin; head: Tok; path: StringDoc };

export type SpecDoc =
  { kind: SpecKind.For; head: Tok; name: Tok; in: Tok; source: Doc } | { kind: SpecKind.If; head: Tok; condition: Doc };

export type MemberDoc = FieldMemberDoc | LocalMemberDoc | AssertMemberDoc;
export type FieldMemberDoc = {
  kind: MemberKind.Identifier | MemberKind.String | MemberKind.Computed;
  /** The identifier or the bracket; of a string its own token. */
  head: Tok;
  key: Doc | undefined;
  /** The closing bracket. */
  close: Tok | undefined;
  parameters: ParametersDoc | undefined;
  operator: Tok;
  value: Doc;
};
export type LocalMemberDoc = {
  kind: MemberKind.Local;
  head: Tok;
  name: Tok;
  parameters: ParametersDoc | undefined;
  equals: Tok;
  value: Doc;
};
export type AssertMemberDoc = {
  kind: MemberKind.Assert;
  head: Tok;
  condition: Doc;
  colon: Tok | undefined;
  message: Doc | undefined;
};
