import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintJsonnet } from '../../jsonnet/lint/lint.ts';
import { firstInvalidUtf8 } from '../encoding.ts';
import type { Repository } from '../root.ts';
import type { Diagnostic } from '../types.ts';
import { importChecker } from './import-problems.ts';
import { importedBy } from './parsed.ts';
import { resolver } from './resolver.ts';

/** Findings about Jsonnet sources of a repository, by file. `files` are relative to it. */
export function lintRepository(
  { root, libs }: Pick<Repository, 'root' | 'libs'>,
  files: readonly string[],
): Diagnostic[] {
  const sources = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const content = readFileSync(join(root, file));
    const invalid = firstInvalidUtf8(content);
    if (invalid === undefined) sources.set(file, content.toString('utf8'));
    else diagnostics.push(notUtf8(file, invalid));
  }
  const resolve = resolver(root, libs);
  const check = importChecker(sources, resolve);
  const importedIn = importedBy(root, resolve);
  for (const [file, source] of sources) {
    const findings = lintJsonnet(source, {
      checkImport: (kind, path) => check(file, kind, path),
      imported: importedIn(file),
    });
    for (const { rule, severity, message, hint, line, column } of findings) {
      diagnostics.push({ rule, severity, message, hint, file, line, column });
    }
  }
  return diagnostics;
}

function notUtf8(file: string, place: { line: number; column: number }): Diagnostic {
  const message = 'the file is not valid UTF-8; the engines would replace the bytes in silence';
  const hint = 'save the file as UTF-8';
  return { rule: 'source-encoding', severity: 'error', message, hint, file, ...place };
}
