// Jsonnet about an environment, for what no slice of it says.
import { join } from 'node:path';
import { fileHost } from '../../../../scripts/jsonnet/command/file-host.ts';
import { JsonnetError } from '../../../../scripts/jsonnet/engine/errors.ts';
import { evaluateText } from '../../../../scripts/jsonnet/engine/evaluate.ts';
import { makeUnitCache } from '../../../../scripts/jsonnet/engine/run.ts';
import { repositoryRoot } from '../../rig/rendered.ts';

const host = fileHost(['vendor', 'lib'].map((library) => join(repositoryRoot, library)));
const cache = makeUnitCache();

/** The value of an expression in which `cluster` is the environment's object. */
export function evaluateIn<T>(environment: string, expression: string): Promise<T> {
  const program = `local cluster = import 'environments/${environment}/cluster.libsonnet'; ${expression}`;
  const path = join(repositoryRoot, 'e2e.jsonnet');
  try {
    return Promise.resolve(JSON.parse(evaluateText(path, path, program, { host, cache })) as T);
  } catch (error) {
    // Its frames hold whole files, which a report of node:test would print.
    if (error instanceof JsonnetError) return Promise.reject(new Error(error.message));
    throw error;
  }
}
