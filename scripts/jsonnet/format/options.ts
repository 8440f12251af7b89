/** The style, with the names and defaults of jsonnetfmt 0.22. */
export interface FormatOptions {
  /** Columns per level; 0 leaves indentation as it is. */
  indent: number;
  /** The most blank lines one after another; 0 leaves them as they are. */
  maxBlankLines: number;
  /** A string that holds one kind of quote is written in the other. */
  stringStyle: 'single' | 'double' | 'leave';
  /** `#` or `//`. A `#!` in the first line stays. */
  commentStyle: 'hash' | 'slash' | 'leave';
  /** `a.b` for `a['b']`, and `b:` for `'b':`. */
  prettyFieldNames: boolean;
  /** `[ 1 ]` for `[1]`. */
  padArrays: boolean;
  /** `{ a: 1 }` for `{a: 1}`. */
  padObjects: boolean;
  /** Sorts each group of imports at the top of the file by path. */
  sortImports: boolean;
  /** `a { … }` for `a + { … }`; otherwise the reverse. */
  useImplicitPlus: boolean;
}

export const defaultOptions: Readonly<FormatOptions> = {
  indent: 2,
  maxBlankLines: 2,
  stringStyle: 'single',
  commentStyle: 'slash',
  prettyFieldNames: true,
  padArrays: false,
  padObjects: true,
  sortImports: true,
  useImplicitPlus: true,
};
