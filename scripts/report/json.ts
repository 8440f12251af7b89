import type { Reporter } from './context.ts';

/** One array of diagnostics, fields in a fixed order, absent fields left out; ends with a newline. */
export const json: Reporter = (diagnostics) => {
  const rows = diagnostics.map((d) => ({
    rule: d.rule,
    severity: d.severity,
    message: d.message,
    hint: d.hint,
    env: d.env,
    app: d.app,
    manifest: d.manifest && {
      apiVersion: d.manifest.apiVersion,
      kind: d.manifest.kind,
      namespace: d.manifest.namespace,
      name: d.manifest.name,
    },
    pointer: d.pointer,
    file: d.file,
    line: d.line,
    column: d.column,
    frame: d.frame,
    related: d.related,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
};
