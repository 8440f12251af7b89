// What a PromQL query selects, read from its syntax tree, and whether a series is among that.
import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';
import type { Labels } from './collected-series.ts';

export interface Matcher {
  label: string;
  op: '=' | '!=' | '=~' | '!~';
  value: string;
}

export interface Selectors {
  /** The matchers of each selector; the name of the metric is one as well. */
  selectors: Matcher[][];
  /** Labels that something is grouped or joined by. */
  grouping: string[];
}

const unquoted = (text: string): string =>
  // In single quotes a double one is not escaped; JSON knows every other escape that occurs.
  JSON.parse(text.startsWith("'") ? `"${text.slice(1, -1).replaceAll('"', '\\"')}"` : text) as string;

const matcherOf = (node: SyntaxNode, query: string): Matcher => {
  const text = (name: string): string => {
    const child = node.getChild(name)!;
    return query.slice(child.from, child.to);
  };
  return { label: text('LabelName'), op: text('MatchOp') as Matcher['op'], value: unquoted(text('StringLiteral')) };
};

/** The selectors of a query that parses. */
export const selectorsOf = (query: string): Selectors => {
  const found: Selectors = { selectors: [], grouping: [] };
  parser.parse(query).iterate({
    enter: ({ name, node }) => {
      if (name === 'VectorSelector') {
        const metric = node.getChild('Identifier');
        const named: Matcher[] =
          metric === null ? [] : [{ label: '__name__', op: '=', value: query.slice(metric.from, metric.to) }];
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        found.selectors.push([...named, ...matchers.map((matcher) => matcherOf(matcher, query))]);
      }
      if (name === 'GroupingLabels') {
        found.grouping.push(...node.getChildren('LabelName').map(({ from, to }) => query.slice(from, to)));
      }
    },
  });
  return found;
};

/** A label that isn't there counts as empty, as Prometheus has it. */
export const matches = (series: Labels, matchers: Matcher[]): boolean =>
  matchers.every(({ label, op, value }) => {
    const actual = series[label] ?? '';
    const pattern = value.replaceAll('[[:alnum:]]', '[0-9A-Za-z]').replaceAll('[[:digit:]]', '[0-9]');
    const equal = op.endsWith('~') ? new RegExp(`^(?:${pattern})$`).test(actual) : actual === value;
    return op.startsWith('!') ? !equal : equal;
  });
