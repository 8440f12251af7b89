// Every environment as it was rendered when somebody last looked: `npm run goldens` writes anew what this compares.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { goldenFiles, readGoldens } from '../scripts/core/golden.ts';
import { renderApps } from '../scripts/core/render-apps.ts';
import { openRepository } from '../scripts/core/root.ts';

const repository = openRepository(path.resolve(import.meta.dirname, '..'));

for (const environment of discoverEnvironments(repository)) {
  test(`${environment.name} renders as its goldens say`, async () => {
    const { diagnostics, ...rendered } = await renderApps(environment);
    assert.deepEqual(diagnostics, []);
    const goldens = readGoldens(repository.root, environment.name);
    const files = goldenFiles(rendered);
    assert.deepEqual([...files.keys()].sort(), [...goldens.keys()].sort(), 'files');
    for (const [file, text] of files) {
      assert.equal(text, goldens.get(file), `${file}: look at the change, then run npm run goldens`);
    }
  });
}
