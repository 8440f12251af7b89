import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByName } from '../../../scripts/core/secrets/declared.ts';
import { initSecrets } from '../../../scripts/core/secrets/init.ts';
import { makeValue } from '../../../scripts/core/secrets/make-value.ts';
import type { ProgramCall, RunProgram } from '../../../scripts/core/program.ts';
import { repositoryOf } from '../../helpers/repository.ts';

const declared = groupByName([
  {
    component: 'a',
    namespace: 'a',
    name: 'a',
    keys: { asked: 'A.', made: 'B.', given: 'C.' },
    generate: { made: { kind: 'hex', bytes: 4 }, given: { kind: 'hex', bytes: 4 } },
  },
]);

test('what .sops.yaml seals for something else than age is left to sops', async () => {
  const config = 'creation_rules:\n  - pgp: ABC\n';
  const repository = repositoryOf({ 'environments/home/main.jsonnet': '', '.sops.yaml': config });
  const calls: ProgramCall[] = [];
  const run: RunProgram = async (call) => {
    calls.push(call);
    return { code: 0, stdout: 'sealed\n', stderr: '' };
  };
  const result = await initSecrets(
    { name: 'home', root: repository.root, directory: `${repository.root}/environments/home`, libs: [] },
    {
      run,
      environments: 'environments',
      declared,
      given: ({ key }) => (key === 'given' ? 'this' : undefined),
      ask: async () => undefined,
    },
  );
  assert.equal(result.ageKey, null);
  assert.equal(result.ruleAdded, false);
  assert.equal(repository.read('.sops.yaml'), config);
  assert.deepEqual(
    result.values.map(({ key, origin }) => [key, origin]),
    [
      ['asked', 'missing'],
      ['made', 'made'],
      ['given', 'given'],
    ],
  );
  assert.deepEqual(
    calls.map(({ program }) => program),
    ['sops'],
  );
  const sealed = JSON.parse(calls[0]!.input!);
  assert.match(sealed.a.made, /^[0-9a-f]{8}$/);
  assert.deepEqual({ ...sealed.a, made: '' }, { asked: '', made: '', given: 'this' });
  assert.equal(repository.read('environments/home/secrets.sops.yaml'), 'sealed\n');
});

test('values are as long as asked, of their alphabet, and never twice the same', () => {
  const passwords = Array.from({ length: 100 }, () => makeValue({ kind: 'password', length: 32 }));
  for (const password of passwords) assert.match(password, /^[A-Za-z0-9]{32}$/);
  assert.equal(new Set(passwords).size, 100);
  // All 62 letters come: 3200 draws miss a given one once in 10^22 tries.
  assert.equal(new Set(passwords.join('')).size, 62);
  assert.match(makeValue({ kind: 'hex', bytes: 20 }), /^[0-9a-f]{40}$/);
  assert.equal(makeValue({ kind: 'text', text: 'admin' }), 'admin');
});
