// Says in one sentence what a failed native build was missing (npm runs this as `postinstall`). The engine is an optional
// dependency so that npm doesn't bury that sentence under the output of CMake.
import { createRequire } from 'node:module';

try {
  createRequire(import.meta.url)('@hanazuki/node-jsonnet');
} catch {
  process.stderr.write(
    'rekindle: the Jsonnet engine could not be built; install a C++ compiler and CMake ' +
      '(Debian: `apt install g++ cmake make`, macOS: `xcode-select --install && brew install cmake`) and run `npm ci` again.\n',
  );
  process.exitCode = 1;
}
