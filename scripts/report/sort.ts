import type { Diagnostic } from '../core/types.ts';

// Code unit order: the same on every machine, which `localeCompare` is not.
const compareText = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);

/** Findings in one deterministic order: by place from the outermost inwards, then by rule and message. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compareText(a.env, b.env) ||
      compareText(a.app, b.app) ||
      // The findings of one manifest stay together, wherever in the sources they come from.
      (a.env === undefined && b.env === undefined ? compareText(a.file, b.file) : 0) ||
      compareText(a.manifest?.namespace, b.manifest?.namespace) ||
      compareText(a.manifest?.kind, b.manifest?.kind) ||
      compareText(a.manifest?.name, b.manifest?.name) ||
      compareText(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.pointer, b.pointer) ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}
