// Whether a query is well-formed, by the grammars that Grafana and Prometheus edit with. They know no names of metrics.
import { parser as logQL } from '@grafana/lezer-logql';
import { parser as traceQL } from '@grafana/lezer-traceql';
import { parser as promQL } from '@prometheus-io/lezer-promql';

export type QueryLanguage = 'LogQL' | 'PromQL' | 'TraceQL';

const parsers = { LogQL: logQL, PromQL: promQL, TraceQL: traceQL };

/**
 * What Grafana puts in for its variables, by something of the same form: a duration, a matcher, and text elsewhere. What
 * stands in braces may have quotation marks of its own.
 */
const withoutVariables = (query: string): string =>
  query
    .replaceAll(/\$__(rate_interval|interval|range|auto)\b/g, '5m')
    .replaceAll('$__tags', 'tag="x"')
    .replaceAll(/\$\{[^}]*\}/g, 'x')
    .replaceAll(/\$\w+/g, 'x');

/** Where a query breaks off or has something unexpected: `at 12: "…"` for each place. */
export const mistakesIn = (language: QueryLanguage, query: string): string[] => {
  const text = withoutVariables(query);
  const found: string[] = [];
  parsers[language].parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) found.push(`at ${node.from}: ${JSON.stringify(text.slice(node.from, node.from + 20))}`);
    },
  });
  return text.trim() === '' ? ['the query is empty'] : found;
};

/** The query inside of a variable's `label_values(<query>, <label>)`. */
export const variableQuery = (query: string): string =>
  /^label_values\((.*),\s*\w+\)$/s.exec(query)?.[1] ?? /^query_result\((.*)\)$/s.exec(query)?.[1] ?? query;
