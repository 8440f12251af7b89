import type { ImportHost } from '../engine/run.ts';
import { evaluateFiles, evaluateStream, evaluateText } from '../engine/evaluate.ts';
import type { Settings } from './arguments.ts';
import { optimiseWhenLong } from './optimise-later.ts';
import { streamText } from './output.ts';

/** A program with its name in messages and the path that its imports start from. */
export interface Program {
  name: string;
  path: string;
  source: string;
}

/** The text that is printed, or the files of `--multi`. */
export function evaluateProgram(
  { name, path, source }: Program,
  settings: Settings,
  host: ImportHost,
  onTrace: (line: string) => void,
): string | Map<string, string> {
  const { extVars, topLevelArguments, maxStack, isString: string } = settings;
  const options = { host, extVars, topLevelArguments, maxStack, string, onTrace, check: optimiseWhenLong };
  const end = settings.trailingNewline ? '\n' : '';
  if (settings.outputFolder !== undefined) {
    const files = evaluateFiles(name, path, source, options);
    return new Map([...files].map(([file, text]) => [file, text + end]));
  }
  if (settings.isStream) return streamText(evaluateStream(name, path, source, options));
  return evaluateText(name, path, source, options) + end;
}
