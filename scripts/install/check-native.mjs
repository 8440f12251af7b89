// Says in one sentence what a failed native build means (npm runs this as `postinstall`). The engine is an optional
// dependency: everything works without it, and npm doesn't bury the sentence under the output of CMake.
import { createRequire } from 'node:module';

try {
  createRequire(import.meta.url)('@hanazuki/node-jsonnet');
} catch {
  process.stderr.write(
    'rekindle: node-jsonnet could not be built, so only `--engine node-jsonnet` and the tests that compare engines are off; ' +
      'they need a C++ compiler and CMake ' +
      '(Debian: `apt install g++ cmake make`, macOS: `xcode-select --install && brew install cmake`) and `npm ci` again.\n',
  );
}
