// What every reporter receives beside the findings, and the words they share.
import type { Diagnostic, ManifestRef } from '../core/types.ts';

/** One thing that was checked, so that formats that count passes (JUnit) can show a clean run. */
export interface Checked {
  env?: string;
  app?: string;
  file?: string;
  /** How many manifests were checked in it. */
  manifests: number;
}

export interface ReportContext {
  /** Version of the toolchain, named by formats that have a place for it. */
  version: string;
  /** Colours for `pretty`; callers pass true only for a terminal without NO_COLOR. Default false. */
  color?: boolean;
  /** What was looked at. Default: only what has findings. */
  checked?: Checked[];
  /** One sentence per rule, for formats that describe rules. Default: no descriptions. */
  rules?: Record<string, string>;
}

/** A reporter turns a sorted list into text. It never prints and never fails on a finding. */
export type Reporter = (diagnostics: Diagnostic[], context: ReportContext) => string;

/** `Deployment monitoring/mimir`, or `Deployment mimir` for a manifest without a namespace. */
export function manifestName(ref: ManifestRef): string {
  return `${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`;
}

/** Where the finding is, outermost first: environment, app, manifest, pointer; only what is known. */
export function placeOf(diagnostic: Diagnostic): string[] {
  return [
    diagnostic.env,
    diagnostic.app,
    diagnostic.manifest && manifestName(diagnostic.manifest),
    diagnostic.pointer,
  ].filter((part) => part !== undefined && part !== '') as string[];
}

/** `path:line:column` with as many parts as are known, or undefined without a file. */
export function fileLocation({ file, line, column }: Diagnostic): string | undefined {
  if (file === undefined) return undefined;
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** The other places of a finding, a line each: `set as spec.replicas at lib/a.libsonnet:3:5`. */
export function relatedLines({ related = [] }: Diagnostic): string[] {
  return related.map(({ message, file, line, column }) => `${message} at ${file}:${line}:${column}`);
}

/** The source lines in a code frame, without numbers and marks. */
export function sourceLines(frame: string): { number: number; text: string }[] {
  return frame.split('\n').flatMap((line) => {
    const [, number, text = ''] = /^[> ] *(\d+) \|(?: (.*))?$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), text }];
  });
}

/** The page that explains a rule, relative to the repository. */
export function rulePage(rule: string): string {
  return `docs/rules/${rule}.md`;
}
