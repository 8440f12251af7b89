import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError, errorMessage } from '../../errors.ts';

const run = promisify(execFile);

/** A Go module as it lies, read-only, in the module cache. */
export interface GoModule {
  module: string;
  version: string;
  /** The hash that the Go checksum database vouches for, `h1:…`. */
  sum: string;
  /** Absolute path of the unpacked module. */
  directory: string;
}

/** Options of {@link downloadModule}; `go` is the program to run. */
export interface DownloadOptions {
  go?: string;
}

/**
 * Downloads one Go module, or finds it in the module cache, without building anything.
 *
 * @throws UsageError in one sentence when Go is not installed, or when the module can't be had.
 */
export async function downloadModule(
  module: string,
  version: string,
  { go = 'go' }: DownloadOptions = {},
): Promise<GoModule> {
  // `go mod download -json` also prints its report when it fails, then with the reason in `Error`.
  const output = await run(go, ['mod', 'download', '-json', `${module}@${version}`], {
    // Outside any module, so that no go.mod on the way up decides for us.
    cwd: '/',
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  }).then(
    (result) => result.stdout,
    (error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }) => {
      if (error.code === 'ENOENT') {
        throw new UsageError(
          'Go is not installed: regenerating schemas reads upstream Go modules, so install Go 1.21 or newer and try again',
        );
      }
      if (error.stdout) return error.stdout;
      throw new UsageError(`go mod download ${module}@${version} failed: ${error.stderr || errorMessage(error)}`);
    },
  );
  const report = JSON.parse(output) as { Dir?: string; Sum?: string; Error?: string };
  if (!report.Dir || !report.Sum) {
    throw new UsageError(`The Go module ${module}@${version} can't be had: ${report.Error ?? 'no reason given'}`);
  }
  return { module, version, sum: report.Sum, directory: report.Dir };
}
