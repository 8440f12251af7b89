import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './errors.ts';
import type { Repository } from './root.ts';
import { didYouMean } from './suggest.ts';
import type { Environment } from './types.ts';

/**
 * Every environment of a repository, by name: the folders with a `main.jsonnet`. A folder that holds a
 * `cluster.libsonnet` without it is a mistake, not something to pass over in silence.
 */
export function discoverEnvironments(repository: Repository): Environment[] {
  const folder = join(repository.root, repository.environments);
  const environments: Environment[] = [];
  for (const name of readdirSync(folder).sort()) {
    const directory = join(folder, name);
    if (existsSync(join(directory, 'main.jsonnet'))) {
      environments.push({ name, root: repository.root, directory, libs: repository.libs });
    } else if (existsSync(join(directory, 'cluster.libsonnet'))) {
      throw new UsageError(
        `${repository.environments}/${name} has a cluster.libsonnet but no main.jsonnet; create it with the line ` +
          `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)`,
      );
    }
  }
  if (environments.length === 0) {
    throw new UsageError(`no environment in ${folder}: an environment is a folder with a main.jsonnet`);
  }
  return environments;
}

/** The environments that `names` asks for, all of them when it is empty. An unknown name is a usage error. */
export function selectEnvironments(all: Environment[], names: readonly string[]): Environment[] {
  const known = all.map((environment) => environment.name);
  for (const name of names) {
    if (!known.includes(name)) throw new UsageError(`unknown environment "${name}": ${didYouMean(name, known)}`);
  }
  return names.length === 0 ? all : all.filter((environment) => names.includes(environment.name));
}
