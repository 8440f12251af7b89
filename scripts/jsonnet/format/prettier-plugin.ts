// Jsonnet for Prettier 3: `prettier --plugin rekindle/prettier-plugin`. Its output is that of jsonnetfmt with these options;
// `tabWidth` and `bracketSpacing` are Prettier's own.
import type { Parser, ParserOptions, Plugin, Printer, SupportOption } from 'prettier';
import { JsonnetSyntaxError } from '../syntax/errors.ts';
import { positionsOf } from '../syntax/positions.ts';
import { formatJsonnet } from './format.ts';
import type { FormatOptions } from './options.ts';

interface JsonnetOptions {
  jsonnetMaxBlankLines: number;
  jsonnetStringStyle: FormatOptions['stringStyle'];
  jsonnetCommentStyle: FormatOptions['commentStyle'];
  jsonnetPrettyFieldNames: boolean;
  jsonnetPadArrays: boolean;
  jsonnetSortImports: boolean;
  jsonnetUseImplicitPlus: boolean;
}

/** A source is one node: what is within it the formatter lays out, not Prettier. */
interface Root {
  formatted: string;
  end: number;
}

const category = 'Jsonnet';

function flag(byDefault: boolean, description: string): SupportOption {
  return { category, type: 'boolean', default: byDefault, description };
}

function choice(byDefault: string, values: string[], description: string): SupportOption {
  const choices = values.map((value) => ({ value, description: value }));
  return { category, type: 'choice', default: byDefault, choices, description };
}

const options: Record<keyof JsonnetOptions, SupportOption> = {
  jsonnetMaxBlankLines: {
    category,
    type: 'int',
    default: 2,
    range: { start: 0, end: Infinity, step: 1 },
    description: 'The most blank lines one after another; 0 leaves them as they are.',
  },
  jsonnetStringStyle: choice('single', ['single', 'double', 'leave'], 'The quotes of strings.'),
  jsonnetCommentStyle: choice('slash', ['slash', 'hash', 'leave'], 'The mark of comments, // or #.'),
  jsonnetPrettyFieldNames: flag(true, "Write a.b for a['b'] and b: for 'b':."),
  jsonnetPadArrays: flag(false, 'Write [ 1 ] for [1].'),
  jsonnetSortImports: flag(true, 'Sort each group of imports at the top of a file by path.'),
  jsonnetUseImplicitPlus: flag(true, 'Write a { … } for a + { … }.'),
};

const parser: Parser<Root> = {
  astFormat: 'jsonnet',
  locStart: () => 0,
  locEnd: ({ end }) => end,
  parse(text, given) {
    try {
      return {
        formatted: formatJsonnet(text, styleOf(given as ParserOptions<Root> & JsonnetOptions)),
        end: text.length,
      };
    } catch (error) {
      throw error instanceof JsonnetSyntaxError ? withPlace(error, text) : error;
    }
  },
};

const printer: Printer<Root> = {
  print: ({ node }) => node.formatted,
};

function styleOf(given: ParserOptions<Root> & JsonnetOptions): FormatOptions {
  return {
    indent: given.tabWidth,
    padObjects: given.bracketSpacing,
    maxBlankLines: given.jsonnetMaxBlankLines,
    stringStyle: given.jsonnetStringStyle,
    commentStyle: given.jsonnetCommentStyle,
    prettyFieldNames: given.jsonnetPrettyFieldNames,
    padArrays: given.jsonnetPadArrays,
    sortImports: given.jsonnetSortImports,
    useImplicitPlus: given.jsonnetUseImplicitPlus,
  };
}

/** Prettier shows a code frame for an error that has `loc`. */
function withPlace({ message, start, end }: JsonnetSyntaxError, text: string): SyntaxError {
  const positionOf = positionsOf(text);
  const loc = { start: positionOf(start), end: positionOf(end) };
  return Object.assign(new SyntaxError(`${message} (${loc.start.line}:${loc.start.column})`), { loc });
}

const plugin: Plugin<Root> = {
  languages: [{ name: 'Jsonnet', parsers: ['jsonnet'], extensions: ['.jsonnet', '.libsonnet'] }],
  parsers: { jsonnet: parser },
  printers: { jsonnet: printer },
  options: options as unknown as Record<string, SupportOption>,
  defaultOptions: { tabWidth: 2, bracketSpacing: true },
};

export const { languages, parsers, printers, defaultOptions } = plugin;
export { options };
export default plugin;
