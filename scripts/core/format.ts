import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { errorMessage } from './errors.ts';
import { sourceFiles } from './source-files.ts';
import { findTool } from './tools.ts';

export interface FormatResult {
  /** Files that are (or, with `check`, are not) formatted anew. */
  changed: string[];
  /** Files that can't be formatted, with the reason. */
  failed: { file: string; reason: string }[];
  files: number;
  /** Why a kind of file was left out. */
  skipped: string[];
}

const prettierFiles = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.jsonc', '.yaml', '.yml', '.md'];
const jsonnetFiles = ['.jsonnet', '.libsonnet'];

/** The style of the field: kube-prometheus, kubernetes-mixin and google/jsonnet itself format so. */
const jsonnetStyle = ['-n', '2', '--max-blank-lines', '2', '--string-style', 's', '--comment-style', 's'];

/** Formats every source of a repository, or with `check` only compares. What `.prettierignore` names is left alone. */
export async function format(root: string, check: boolean): Promise<FormatResult> {
  const result: FormatResult = { changed: [], failed: [], files: 0, skipped: [] };
  const isIgnored = await ignored(root);
  const tool = findTool('jsonnetfmt');
  const jsonnet = sourceFiles(root, jsonnetFiles).filter((file) => !isIgnored(file));
  if (tool === undefined && jsonnet.length > 0) {
    result.skipped.push(
      `${jsonnet.length} Jsonnet files: jsonnetfmt is not installed (go install github.com/google/go-jsonnet/cmd/jsonnetfmt@v0.22.0, or your system's package jsonnet)`,
    );
  }
  const formatters: [string[], (file: string, text: string) => Promise<string>][] = [
    [sourceFiles(root, prettierFiles).filter((file) => !isIgnored(file)), await prettierFormatter(root)],
    [tool === undefined ? [] : jsonnet, (_file, text) => jsonnetfmt(tool!, text)],
  ];
  const slot = pLimit(availableParallelism());
  await Promise.all(
    formatters.flatMap(([files, formatter]) =>
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
    return prettier.format(text, { ...options, filepath });
  };
}

/** Whether `.prettierignore` names a file, in the syntax of `.gitignore` without its rarer forms. */
async function ignored(root: string): Promise<(file: string) => boolean> {
  const { getFileInfo } = await import('prettier');
  const names = sourceFiles(root, [...prettierFiles, ...jsonnetFiles]);
  const infos = await Promise.all(
    names.map((file) => getFileInfo(join(root, file), { ignorePath: join(root, '.prettierignore') })),
  );
  const left = new Set(names.filter((_, i) => infos[i]!.ignored));
  return (file) => left.has(file);
}

async function jsonnetfmt(tool: string, text: string): Promise<string> {
  const { $ } = await import('zx');
  const output = await $({ input: text, quiet: true, nothrow: true })`${tool} ${jsonnetStyle} -`;
  if (output.exitCode !== 0) throw new Error(output.stderr.trim());
  return output.stdout;
}
