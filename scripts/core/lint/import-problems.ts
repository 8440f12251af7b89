import type { ImportProblem } from '../../jsonnet/lint/lint.ts';
import { importsOf, type ImportKind } from '../imports.ts';
import type { Resolve } from './resolver.ts';

type Check = (file: string, kind: ImportKind, path: string) => ImportProblem[];

/**
 * What is wrong with the imports of a repository: files that are not there or lie outside, and circles. `sources` are the
 * texts of the files to check by path; what they import beyond these is only looked for.
 */
export function importChecker(sources: ReadonlyMap<string, string>, resolve: Resolve): Check {
  const circles = circlesOf(sources, (file, path) => {
    const resolution = resolve(file, path);
    return 'found' in resolution ? resolution.found : undefined;
  });
  return (file, kind, path) => {
    const resolution = resolve(file, path);
    if ('missing' in resolution) {
      return [problem('import-missing', `import of "${path}": ${resolution.missing}`, 'mend the path')];
    }
    if ('outside' in resolution) {
      const message = `import of "${path}" leaves the repository: ${resolution.outside}`;
      const hint = 'copy what you need into the repository; Argo CD reads nothing else';
      return [problem('import-outside-repository', message, hint)];
    }
    const circle = kind === 'import' ? circles.get(`${file}\n${resolution.found}`) : undefined;
    return circle ? [cycle(circle)] : [];
  };
}

function problem(rule: string, message: string, hint: string): ImportProblem {
  return { rule, severity: 'error', message, hint };
}

function cycle(circle: readonly string[]): ImportProblem {
  return {
    rule: 'import-cycle',
    severity: 'warning',
    message: `Files import each other in a circle: ${circle.join(' → ')}`,
    hint: 'move what both need into a file of its own: a value that needs itself never ends',
  };
}

/** The circles of imports, each by its one edge that leads back: `from\nto`, and the files from `to` to `to`. */
function circlesOf(
  sources: ReadonlyMap<string, string>,
  resolve: (file: string, path: string) => string | undefined,
): Map<string, string[]> {
  const circles = new Map<string, string[]>();
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const source = sources.get(file);
    if (source === undefined || done.has(file)) return;
    path.push(file);
    for (const statement of importsOf(source)) {
      if (statement.kind !== 'import' || statement.path === undefined) continue;
      const to = resolve(file, statement.path);
      if (to === undefined) continue;
      const start = path.indexOf(to);
      if (start === -1) visit(to);
      else circles.set(`${file}\n${to}`, [...path.slice(start), to]);
    }
    path.pop();
    done.add(file);
  };
  for (const file of [...sources.keys()].sort()) visit(file);
  return circles;
}
