import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import jsonnetPlugin from '../jsonnet/format/prettier-plugin.ts';
import { errorMessage } from './errors.ts';
import { sourceFiles } from './source-files.ts';

export interface FormatResult {
  /** Files that are (or, with `check`, are not) formatted anew. */
  changed: string[];
  /** Files that can't be formatted, with the reason. */
  failed: { file: string; reason: string }[];
  files: number;
}

const extensions = '.jsonnet .libsonnet .ts .mts .js .mjs .cjs .json .jsonc .yaml .yml .md'.split(' ');

/** Formats every source of a repository, or with `check` only compares. What `.prettierignore` names is left alone. */
export async function format(root: string, check: boolean): Promise<FormatResult> {
  const result: FormatResult = { changed: [], failed: [], files: 0 };
  const files = await notIgnored(root, sourceFiles(root, extensions));
  const formatter = await prettierFormatter(root);
  const slot = pLimit(availableParallelism());
  await Promise.all(
    files.map((file) =>
      slot(async () => {
        const text = readFileSync(join(root, file), 'utf8');
        try {
          const formatted = await formatter(file, text);
          if (formatted === text) return;
          if (!check) writeFileSync(join(root, file), formatted);
          result.changed.push(file);
        } catch (error) {
          result.failed.push({ file, reason: errorMessage(error) });
        } finally {
          result.files++;
        }
      }),
    ),
  );
  result.changed.sort();
  result.failed.sort((a, b) => (a.file < b.file ? -1 : 1));
  return result;
}

async function prettierFormatter(root: string): Promise<(file: string, text: string) => Promise<string>> {
  const prettier = await import('prettier');
  return async (file, text) => {
    const filepath = join(root, file);
    const options = await prettier.resolveConfig(filepath, { editorconfig: true });
    // Ours comes last: it stands in for an installed one that the configuration names for editors.
    return prettier.format(text, { ...options, plugins: [...(options?.plugins ?? []), jsonnetPlugin], filepath });
  };
}

/** The files that `.prettierignore` doesn't name. */
async function notIgnored(root: string, files: string[]): Promise<string[]> {
  const { getFileInfo } = await import('prettier');
  const ignorePath = join(root, '.prettierignore');
  const infos = await Promise.all(
    files.map((file) => getFileInfo(join(root, file), { ignorePath, resolveConfig: false })),
  );
  return files.filter((_, i) => !infos[i]!.ignored);
}
