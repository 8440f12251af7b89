// Changes of an environment in the rig's repository, as a person would commit them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../rig/rendered.ts';
import { environmentsFolder } from './installation.ts';
import type { Change } from './repository.ts';

/**
 * The entry of an environment as it is in the checkout, with fields mixed in: Jsonnet, such as
 * `components+: { contour+: { … } }`. Without fields it is what it was.
 */
export function environmentWith(environment: string, fields = ''): Change {
  const path = `${environmentsFolder}/${environment}/cluster.libsonnet`;
  const original = readFileSync(join(repositoryRoot, path), 'utf8');
  return { [path]: fields === '' ? original : `${original.trimEnd()} + {\n${fields}\n}\n` };
}
