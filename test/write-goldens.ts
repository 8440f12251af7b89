// Writes test/golden and test/fixtures/why anew: `npm run goldens`.
import path from 'node:path';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { goldenFiles, writeGoldens } from '../scripts/core/golden.ts';
import { renderApps } from '../scripts/core/render-apps.ts';
import { openRepository } from '../scripts/core/root.ts';
import { writeWhyGoldens } from './why-cases.ts';

const repository = openRepository(path.resolve(import.meta.dirname, '..'));
for (const environment of discoverEnvironments(repository)) {
  const { diagnostics, ...rendered } = await renderApps(environment);
  if (diagnostics.length > 0) {
    console.error(diagnostics.map(({ message }) => message).join('\n'));
    process.exit(1);
  }
  writeGoldens(repository.root, environment.name, rendered);
  console.log(`${environment.name}: ${goldenFiles(rendered).size} goldens`);
}
console.log(`why: ${await writeWhyGoldens()} goldens`);
