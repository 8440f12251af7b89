// Runs one conformance case on the engine.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { JsonnetError } from '../../../scripts/jsonnet/engine/errors.ts';
import { evaluateFiles, evaluateText } from '../../../scripts/jsonnet/engine/evaluate.ts';
import type { ImportHost } from '../../../scripts/jsonnet/engine/run.ts';
import { natives, type ConformanceCase } from './cases.ts';

/** What came out: text, files, or the reason why nothing did. */
export type Outcome = { output: string | Map<string, string> } | { reason: string; error: JsonnetError };

export function runCase(test: ConformanceCase, folder: string): Outcome {
  const options = { host: hostIn(folder), natives, extVars: test.extVars, string: test.stringOutput };
  const end = test.trailingNewline ? '\n' : '';
  try {
    if (typeof test.expected === 'string') {
      return { output: evaluateText(test.name, test.name, test.source, options) + end };
    }
    const files = evaluateFiles(test.name, test.name, test.source, options);
    return { output: new Map([...files].map(([name, text]) => [name, text + end])) };
  } catch (error) {
    if (!(error instanceof JsonnetError)) throw error;
    return { reason: error.message, error };
  }
}

export function hostIn(folder: string): ImportHost {
  return {
    resolve: (path, importer) => {
      const file = path.startsWith('/') ? path : join(dirname(importer), path);
      if (existsSync(join(folder, file))) return file;
      throw new Error(`couldn't open import ${JSON.stringify(path)}: no match locally or in the Jsonnet library paths`);
    },
    text: (file) => {
      if (statSync(join(folder, file)).isDirectory()) throw new Error(`read ${file}: is a directory`);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(join(folder, file)));
    },
    bytes: (file) => readFileSync(join(folder, file)),
  };
}
