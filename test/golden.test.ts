// Every environment as it was rendered when somebody last looked: `npm run goldens` writes anew what this compares.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { goldenText, readGoldens } from '../scripts/core/golden.ts';
import { renderApps } from '../scripts/core/render-apps.ts';
import { openRepository } from '../scripts/core/root.ts';

const repository = openRepository(path.resolve(import.meta.dirname, '..'));

for (const environment of discoverEnvironments(repository)) {
  test(`${environment.name} renders as its goldens say`, async () => {
    const { apps, diagnostics } = await renderApps(environment);
    assert.deepEqual(diagnostics, []);
    const goldens = readGoldens(repository.root, environment.name);
    assert.deepEqual(apps.map(({ app }) => app).sort(), [...goldens.keys()].sort(), 'apps');
    for (const app of apps) {
      assert.equal(goldenText(app), goldens.get(app.app), `${app.app}: look at the change, then run npm run goldens`);
    }
  });
}
