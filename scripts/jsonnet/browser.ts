// What a bundle for a browser is made of.
export { evaluateFiles, evaluateStream, evaluateText, JsonnetError, openEvaluation } from './engine/evaluate.ts';
export type { EvaluateOptions, Evaluation, HostFunction, OutputOptions, Variable } from './engine/evaluate.ts';
export { makeUnitCache, type ImportHost, type UnitCache } from './engine/run.ts';
export { textHost } from './engine/text-host.ts';
export { formatError } from './engine/trace.ts';
export { formatJsonnet } from './format/format.ts';
export { lintJsonnet } from './lint/lint.ts';
export { parse } from './syntax/parser.ts';
export { printNode } from './syntax/print.ts';
