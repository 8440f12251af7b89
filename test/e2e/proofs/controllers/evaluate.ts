// Jsonnet about an environment, for what no slice of it says.
import { join } from 'node:path';
import { Jsonnet } from '@hanazuki/node-jsonnet';
import { repositoryRoot } from '../../rig/rendered.ts';

/** The value of an expression in which `cluster` is the environment's object. */
export async function evaluateIn<T>(environment: string, expression: string): Promise<T> {
  const jsonnet = new Jsonnet();
  for (const library of ['vendor', 'lib']) jsonnet.addJpath(join(repositoryRoot, library));
  const program = `local cluster = import 'environments/${environment}/cluster.libsonnet'; ${expression}`;
  return JSON.parse(await jsonnet.evaluateSnippet(program, join(repositoryRoot, 'e2e.jsonnet'))) as T;
}
