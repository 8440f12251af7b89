// The programs that the rig runs. Each folder of ../tools is a Go module of its own, with a tool.json that says which
// binaries come out of it; one comes as a wheel from PyPI instead. A binary lies in a cache outside the checkout, in a
// folder named after everything it is made of.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';
import { pinnedVersion, readRequirements, unpackWheel } from './wheel.ts';

/** The modules of this checkout. */
export const toolsFolder = join(import.meta.dirname, '..', 'tools');

/** What a tool.json says. */
interface ToolFile {
  /** The module, or the package of requirements.txt, whose required version is the version of the program. */
  version: string;
  /** The program is this file of the wheel that requirements.txt pins, and nothing is built. */
  wheel?: string;
  /** Go variables to set at link time; `{version}`, `{major}`, `{minor}` and `{patch}` stand for those of the program. */
  variables?: Record<string, string>;
  /** Package by binary. A package of the module itself is `.` or `./<folder>`. */
  binaries: Record<string, string>;
}

/** One program and how it is built. */
export interface Tool {
  binary: string;
  /** Folder with its go.mod or requirements.txt. */
  folder: string;
  package: string;
  wheel?: string;
  version: string;
  variables: Record<string, string>;
}

/** Every tool, by binary. */
export function readTools(folder = toolsFolder): Map<string, Tool> {
  const tools = new Map<string, Tool>();
  for (const name of readdirSync(folder).sort()) {
    if (existsSync(join(folder, name, 'tool.json')))
      for (const tool of toolsIn(join(folder, name))) tools.set(tool.binary, tool);
  }
  return tools;
}

/** The tools of one module. */
export function toolsIn(folder: string): Tool[] {
  const file = JSON.parse(readFileSync(join(folder, 'tool.json'), 'utf8')) as ToolFile;
  const { wheel } = file;
  if (wheel !== undefined) {
    const version = pinnedVersion(readRequirements(folder), file.version);
    return Object.entries(file.binaries).map(([binary, pkg]) => ({
      binary,
      folder,
      package: pkg,
      version,
      variables: {},
      wheel,
    }));
  }
  const version = requiredVersion(readFileSync(join(folder, 'go.mod'), 'utf8'), file.version);
  const [, major = '', minor = '', patch = ''] = /^v(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  const fill = (text: string): string =>
    Object.entries({ version, major, minor, patch }).reduce(
      (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
      text,
    );
  const variables = Object.fromEntries(Object.entries(file.variables ?? {}).map(([name, text]) => [name, fill(text)]));
  return Object.entries(file.binaries).map(([binary, pkg]) => ({ binary, folder, package: pkg, version, variables }));
}

/** The version of a module that a go.mod requires. */
export function requiredVersion(goMod: string, module: string): string {
  for (const line of goMod.split('\n')) {
    const [first, second, third] = line.trim().split(/\s+/);
    if (first === module && second?.startsWith('v')) return second;
    if (first === 'require' && second === module && third !== undefined) return third;
  }
  throw new Error(`no version of ${module} in go.mod: require it there, or correct "version" in tool.json`);
}

/** Where binaries are kept between runs and checkouts. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rekindle', 'e2e');
}

/** Where the binary of a tool lies, built or not. */
export function binaryPath(tool: Tool): string {
  return join(cacheFolder(), `${tool.binary}-${tool.version}-${contentHash(tool)}`, tool.binary);
}

/** The path of a binary that is built. */
export function builtBinary(name: string, tools = readTools()): string {
  const tool = tools.get(name);
  if (tool === undefined) throw new Error(`no tool builds "${name}"; there are: ${[...tools.keys()].join(', ')}`);
  const path = binaryPath(tool);
  if (!existsSync(path)) throw new Error(`${name} is not built for this checkout: run npm run e2e -- setup`);
  return path;
}

/** Builds a tool unless the cache has it. Returns the seconds that it took, 0 for one that was there. */
export async function ensureBuilt(tool: Tool): Promise<number> {
  const path = binaryPath(tool);
  const folder = join(path, '..');
  if (existsSync(path)) {
    // By that prune-cache.ts knows what is in use.
    utimesSync(folder, new Date(), new Date());
    return 0;
  }
  const start = performance.now();
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  if (tool.wheel === undefined) await goBuild(tool, unfinished);
  else await unpackWheel(tool.folder, tool.wheel, unfinished);
  // Two runs may build the same one at the same time: whoever is last wins, and nobody starts half a binary.
  renameSync(unfinished, path);
  return (performance.now() - start) / 1000;
}

function goBuild(tool: Tool, output: string): Promise<string> {
  const variables = Object.entries(tool.variables).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', ['-s', '-w', ...variables].join(' ')];
  return run('nice', ['-n', '10', 'go', 'build', ...flags, '-o', output, tool.package], {
    cwd: tool.folder,
    env: { GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' },
    seconds: 3600,
  });
}

/** What a binary is made of: a change of any of it is another binary. */
function contentHash(tool: Tool): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([tool.binary, tool.package, tool.variables, process.arch, goVersion()]));
  for (const name of readdirSync(tool.folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/(^|\/)(go\.(mod|sum)|requirements\.txt)$|\.go$/.test(name)) {
      hash.update(`${name}\0`).update(readFileSync(join(tool.folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

let knownGoVersion: string | undefined;

/** The Go release that builds, such as `go1.26.8`; empty on a machine without Go. */
function goVersion(): string {
  knownGoVersion ??= spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  return knownGoVersion;
}
