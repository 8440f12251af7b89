import { writeFile } from 'node:fs/promises';
import { UsageError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Diagnostic } from '../core/types.ts';
import type { ReportContext, Reporter } from './context.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';
import { sortDiagnostics } from './sort.ts';

const reporters = { pretty, json, junit, sarif, github, gitlab } satisfies Record<string, Reporter>;

export type ReportFormat = keyof typeof reporters;
export type { Checked, ReportContext } from './context.ts';

/** Every format's name, in the order in which help lists them. */
export const reportFormats = Object.keys(reporters) as ReportFormat[];

/** Where one report goes: a file, or standard output without one. */
export interface ReportTarget {
  format: ReportFormat;
  file?: string;
}

/** The findings in one format. The order of the input does not matter. */
export function report(format: ReportFormat, diagnostics: readonly Diagnostic[], context: ReportContext): string {
  return reporters[format](sortDiagnostics(diagnostics), context);
}

/**
 * Reads `FORMAT` or `FORMAT=FILE`. An unknown format is a usage error that names the nearest one. `-` as the file means standard output.
 */
export function parseReport(flag: string): ReportTarget {
  const equals = flag.indexOf('=');
  const name = equals === -1 ? flag : flag.slice(0, equals);
  const format = reportFormats.find((known) => known === name);
  if (format === undefined) throw new UsageError(`unknown report format "${name}": ${didYouMean(name, reportFormats)}`);
  if (equals === -1) return { format };
  const file = flag.slice(equals + 1);
  if (file === '')
    throw new UsageError(`report "${flag}": no file after "="; write ${format}=FILE, or ${format} for standard output`);
  return file === '-' ? { format } : { format, file };
}

/** Reads every `--report` flag; two reports can't share standard output or one file. Without a flag: `pretty`. */
export function parseReports(flags: readonly string[]): ReportTarget[] {
  const targets = flags.map(parseReport);
  const taken = new Map<string, ReportFormat>();
  for (const { format, file } of targets) {
    const place = file ?? 'standard output';
    const other = taken.get(place);
    if (other !== undefined)
      throw new UsageError(
        `reports ${other} and ${format} both go to ${place}; give one of them a file: ${format}=FILE`,
      );
    taken.set(place, format);
  }
  return targets.some((target) => target.file === undefined) ? targets : [...targets, { format: 'pretty' }];
}

/** Writes the reports that have a file and returns the text of the one for standard output. */
export async function emitReports(
  targets: readonly ReportTarget[],
  diagnostics: readonly Diagnostic[],
  context: ReportContext,
): Promise<string> {
  let text = '';
  for (const { format, file } of targets) {
    // Colours belong to the terminal: a file or a pipe into another program gets none.
    const content = report(format, diagnostics, file === undefined ? context : { ...context, color: false });
    if (file === undefined) text += content;
    else await writeFile(file, content);
  }
  return text;
}

/** 1 when a finding is an error, else 0: warnings are printed, they don't stop a pipeline. */
export function exitCode(diagnostics: readonly Diagnostic[]): 0 | 1 {
  return diagnostics.some((d) => d.severity === 'error') ? 1 : 0;
}
