import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { drillFile, forgetDrill, loadDrill, saveDrill, type Drill } from '../../../scripts/core/rebirth/file.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const drill: Drill = {
  kind: 'abrupt',
  record: { environment: 'home', takenAt: 1, spans: [], signals: [] },
  died: 2,
  ended: false,
};

test('a drill is kept until it is forgotten, and nothing lies beside it', () => {
  const file = drillFile(temporaryFolder(), 'home');
  assert.equal(loadDrill(file), undefined);
  saveDrill(file, drill);
  saveDrill(file, { ...drill, ended: true });
  assert.deepEqual(loadDrill(file), { ...drill, ended: true });
  assert.deepEqual(readdirSync(dirname(file)), ['rebirth-home.json']);
  forgetDrill(file);
  assert.equal(loadDrill(file), undefined);
});

test('a file that is no JSON is named, with the way out', () => {
  const file = drillFile(temporaryFolder(), 'home');
  saveDrill(file, drill);
  writeFileSync(file, '{"kind":');
  assert.throws(() => loadDrill(file), /rebirth-home\.json: not JSON.*delete it to begin anew/);
});
