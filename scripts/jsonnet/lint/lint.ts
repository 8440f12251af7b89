import { Kind, type Import, type Node } from '../syntax/ast.ts';
import { JsonnetSyntaxError, withinStack } from '../syntax/errors.ts';
import { parseWithTokens } from '../syntax/parser.ts';
import { positionsOf, type Position } from '../syntax/positions.ts';
import { walk } from '../syntax/walk.ts';
import type { Found } from './rule.ts';
import { lintRules } from './rules/index.ts';
import { scopeOf, type Imported } from './scope.ts';
import { suppressionsOf, type Suppression } from './suppressions.ts';

/** A finding in one source. Line and column are 1-based; `start` and `end` are offsets. */
export interface LintFinding extends Found {
  rule: string;
  severity: 'error' | 'warning';
  line: number;
  column: number;
}

/** What is wrong with an import, which only who knows the other files can say. */
export interface ImportProblem extends Omit<Found, 'start' | 'end'> {
  rule: string;
  severity: 'error' | 'warning';
}

export interface LintOptions {
  /** Names of rules that are not asked. */
  without?: readonly string[];
  /** Asked for every import. */
  checkImport?: (kind: 'import' | 'importstr' | 'importbin', path: string) => ImportProblem[];
  /** What imports give, for the rules about types. */
  imported?: Imported;
}

/** The findings about a Jsonnet source in the order of the text, without those that its comments suppress. */
export function lintJsonnet(source: string, options: LintOptions = {}): LintFinding[] {
  const positionOf = positionsOf(source);
  try {
    return withinStack(
      () => findIn(source, positionOf, options),
      () => ({ start: 0, end: source.length }),
    );
  } catch (error) {
    if (!(error instanceof JsonnetSyntaxError)) throw error;
    const { message, start, end } = error;
    const hint = 'no engine evaluates the file before this is mended';
    return [{ rule: 'jsonnet-syntax', severity: 'error', message, hint, start, end, ...positionOf(start) }];
  }
}

function findIn(
  source: string,
  positionOf: (offset: number) => Position,
  { without = [], checkImport, imported }: LintOptions,
): LintFinding[] {
  const { root, tokens } = parseWithTokens(source);
  const nodes: Node[] = [];
  walk(root, (node) => nodes.push(node));
  const scope = scopeOf(root, imported);
  const found = lintRules
    .filter(({ name }) => !without.includes(name))
    .flatMap(({ name: rule, severity, find }) =>
      find({ text: source, root, tokens, scope, nodes }).map((one) => ({ rule, severity, ...one })),
    );
  const placed = [...found, ...importProblems(nodes, checkImport)].map((one) => ({ ...one, ...positionOf(one.start) }));
  const kept = suppress(placed, suppressionsOf(source, tokens, positionOf));
  return kept.toSorted((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1));
}

function importProblems(nodes: Node[], check: LintOptions['checkImport']): (ImportProblem & Found)[] {
  if (check === undefined) return [];
  return nodes.flatMap((node) => {
    const kind = importKinds.get(node.kind);
    if (kind === undefined) return [];
    const { start, end, path } = node as Import;
    return check(kind, path.value).map((problem) => ({ ...problem, start, end }));
  });
}

const importKinds = new Map<Kind, 'import' | 'importstr' | 'importbin'>([
  [Kind.Import, 'import'],
  [Kind.ImportStr, 'importstr'],
  [Kind.ImportBin, 'importbin'],
]);

function suppress(findings: LintFinding[], suppressions: Suppression[]): LintFinding[] {
  const used = new Set<Suppression>();
  const kept = findings.filter(({ rule, line }) => {
    const hiding = suppressions.find((one) => one.line === line && one.rules.includes(rule));
    if (hiding) used.add(hiding);
    return hiding === undefined;
  });
  const idle = suppressions
    .filter((one) => !used.has(one))
    .map(({ rules, ...place }): LintFinding => {
      const what = rules.length === 0 ? 'names no rule' : 'hides nothing';
      const hint = rules.length === 0 ? 'write the names of the rules after it' : 'remove it';
      return {
        rule: 'unused-suppression',
        severity: 'warning',
        message: `This comment ${what}`,
        hint,
        ...place,
      };
    });
  return [...kept, ...idle];
}
