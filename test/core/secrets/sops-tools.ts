// The real sops and age, with a home of their own.
import { delimiter, dirname } from 'node:path';
import { runProgram, type RunProgram } from '../../../scripts/core/program.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { findTool } from '../../helpers/tools.ts';

const [sops, ageKeygen] = [findTool('sops'), findTool('age-keygen')];

/** For `test(…, { skip })`: why tests with the real programs can't run. CI installs both. */
export const skipWithoutSops =
  sops !== undefined && ageKeygen !== undefined
    ? false
    : 'sops and age-keygen are not installed: go install github.com/getsops/sops/v3/cmd/sops and filippo.io/age/cmd/age-keygen';

/** The environment of somebody whose keys lie in a folder of their own, with programs of `first` before all others. */
export function someone(first: string[] = []): Record<string, string> {
  const folders = [...first, ...[sops, ageKeygen].flatMap((path) => (path === undefined ? [] : [dirname(path)]))];
  const home = temporaryFolder();
  return {
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    SOPS_AGE_KEY: '',
    SOPS_AGE_KEY_FILE: `${home}/keys.txt`,
    PATH: [...folders, process.env.PATH ?? ''].join(delimiter),
  };
}

/** Runs programs in this process as that person. */
export function runAs(env: Record<string, string>): RunProgram {
  Object.assign(process.env, env);
  return runProgram;
}
