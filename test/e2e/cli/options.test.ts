import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.ts';

const names = (...args: string[]): string[] => readOptions(args).proofs.map(({ name }) => name);

test('without flags: every environment, every proof that is not long, on the default minor', () => {
  const options = readOptions([]);
  assert.deepEqual(options.environments, ['home', 'kind', 'production']);
  assert.equal(options.verb, 'prove');
  assert.equal(options.kubernetes, '1.36');
  assert.ok(options.proofs.length > 3 && options.proofs.every(({ long }) => !long));
});

test('--all adds the long ones, --only finds them by a word, --cluster kind keeps what needs a server alone', () => {
  assert.ok(names('--all').length > names().length);
  assert.deepEqual(names('--only', 'upgrade'), ['upgrade-in-place']);
  assert.deepEqual(names('--only', 'argo'), ['argo-cd-parity', 'argo-cd', 'argo-cd-slow']);
  assert.deepEqual(names('--only', 'argo-cd'), ['argo-cd']);
  assert.deepEqual(names('--cluster', 'kind'), ['api-server', 'secrets', 'tanka']);
});

test('what is too long for every run is in it with --all, and where it is named', () => {
  const everyRun = names();
  assert.deepEqual(
    names('--all').filter((name) => !everyRun.includes(name)),
    ['argo-cd-slow', 'documents', 'rebirth-stores'],
  );
  assert.deepEqual(names('--only', 'argo-cd-slow'), ['argo-cd-slow']);
});

test('what there is not is a usage error that says what there is', () => {
  assert.throws(() => readOptions(['down']), /unknown verb "down"; there are: setup, up/);
  assert.throws(() => readOptions(['--kubernetes', '1.20']), /1\.20 can't be built; there are: 1\.36, 1\.34, 1\.35/);
  assert.throws(() => readOptions(['--environment', 'hom']), /unknown environment "hom".*home/);
  assert.throws(() => readOptions(['--only', 'nothing']), /no proof matches; there are: rig, /);
  assert.throws(() => readOptions(['--jobs', 'many']), /--jobs takes a number/);
});
