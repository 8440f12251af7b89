import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * The path of a Go program such as `jsonnetfmt`: on PATH, or where `go install` puts programs. Undefined when it is not
 * installed.
 */
export function findTool(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const goPath = env.GOPATH?.split(delimiter)[0] ?? join(env.HOME ?? homedir(), 'go');
  const folders = [...(env.PATH ?? '').split(delimiter), env.GOBIN, join(goPath, 'bin')];
  return folders
    .filter((folder) => folder !== undefined && folder !== '')
    .map((folder) => join(folder as string, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
