import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { ensureAgeKey } from '../../../scripts/core/secrets/age-key.ts';
import { readSecretsFile } from '../../../scripts/core/secrets/file.ts';
import { inspectSealed } from '../../../scripts/core/secrets/sealed.ts';
import { open, sealInto, sealNew, type SecretValues } from '../../../scripts/core/secrets/sops.ts';
import { addCreationRule, creationRecipients } from '../../../scripts/core/secrets/sops-config.ts';
import { repositoryOf } from '../../helpers/repository.ts';
import { runAs, skipWithoutSops, someone } from './sops-tools.ts';

const skip = skipWithoutSops;
const env = someone();
const run = runAs(env);

async function sealed(values: SecretValues) {
  const repository = repositoryOf({ 'environments/home/main.jsonnet': '' });
  const place = { root: repository.root, directory: `${repository.root}/environments/home` };
  const { recipient } = await ensureAgeKey({ run, env, sealedFor: [] });
  addCreationRule(repository.root, 'environments', recipient);
  await sealNew(run, repository.root, readSecretsFile(place), values);
  return { repository, place, recipient };
}

const odd: Record<string, string> = {
  null: 'null',
  number: '007',
  float: '1.10',
  boolean: 'no',
  date: '2026-01-01',
  spaces: '  leading and trailing  ',
  lines: 'first\n\n  second\nthird\n',
  carriage: 'a\r\nb',
  tab: '\tx\t',
  quotes: `"double" 'single' \\ back`,
  yaml: '- a: {b: [c, #d]} & *e !f | > % @ `',
  unicode: 'ünïcödé ✓ 🔑 \u2028 \u00a0',
  control: '\u0001\u007f',
  looksSealed: 'ENC[AES256_GCM,data:x,type:str]x',
  key: '-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n',
  long: 'x'.repeat(100_000),
};

test('sops itself opens what is sealed: odd values come back to the byte', { skip }, async () => {
  const { repository, place, recipient } = await sealed({ odd });
  const file = `${repository.root}/environments/home/secrets.sops.yaml`;
  const { status, stdout } = spawnSync('sops', ['decrypt', '--output-type', 'json', file], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout), { odd });
  assert.deepEqual(await open(run, readSecretsFile(place)), { odd });
  // Nothing of it is readable without the key, and the names are.
  const text = repository.read('environments/home/secrets.sops.yaml');
  const found = inspectSealed(text);
  assert.ok(!('error' in found) && found.hasSeal);
  assert.deepEqual(found.recipients, [recipient]);
  assert.deepEqual(
    found.values,
    Object.keys(odd).map((key) => ({ path: ['odd', key], state: 'sealed', type: 'str' })),
  );
});

test('the key is readable by its owner alone, and is made once', { skip }, async () => {
  const first = await ensureAgeKey({ run, env, sealedFor: [] });
  assert.equal(statSync(first.file!).mode & 0o777, 0o600);
  assert.deepEqual(await ensureAgeKey({ run, env, sealedFor: [] }), { ...first, made: false });
});

test('a key in SOPS_AGE_KEY needs no file', { skip }, async () => {
  const { file, recipient } = await ensureAgeKey({ run, env, sealedFor: [] });
  const key = readFileSync(file!, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('AGE-SECRET-KEY-'))!;
  const inVariable = { HOME: '/nowhere', SOPS_AGE_KEY: key };
  assert.deepEqual(await ensureAgeKey({ run, env: inVariable, sealedFor: [recipient] }), {
    file: null,
    recipient,
    made: false,
  });
  // What is no key is not repeated.
  await assert.rejects(
    ensureAgeKey({ run, env: { ...inVariable, SOPS_AGE_KEY: `${key}broken` }, sealedFor: [] }),
    (error: Error) => error.message.startsWith('age-keygen -y failed') && !error.message.includes(key),
  );
});

test('values set later leave the others as they are, to the byte', { skip }, async () => {
  const { repository, place } = await sealed({ a: { one: 'first value' } });
  const line = (): string => /one: (.*)/.exec(repository.read('environments/home/secrets.sops.yaml'))![1]!;
  const before = line();
  await sealInto(run, readSecretsFile(place), { a: { two: odd.lines! }, b: { three: '7' } });
  assert.equal(line(), before);
  assert.deepEqual(await open(run, readSecretsFile(place)), {
    a: { one: 'first value', two: odd.lines },
    b: { three: '7' },
  });
});

test('property: any text survives sealing, being set and opening', { skip }, async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((value) => Buffer.from(value).toString() === value);
  const key = fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/);
  const values = fc.dictionary(key, text, { minKeys: 1, maxKeys: 30 });
  await fc.assert(
    fc.asyncProperty(values, fc.tuple(key, text), async (first, [laterKey, later]) => {
      const { place } = await sealed({ first });
      await sealInto(run, readSecretsFile(place), { later: { [laterKey]: later } });
      assert.deepEqual(
        JSON.stringify(await open(run, readSecretsFile(place))),
        JSON.stringify({ first: { ...first }, later: { [laterKey]: later } }),
      );
    }),
    { numRuns: 12 },
  );
});

test('somebody without the key is told which one it is', { skip }, async () => {
  const { place, recipient } = await sealed({ a: { b: 'value' } });
  const other = { ...env, SOPS_AGE_KEY_FILE: `${env.HOME}/other.txt` };
  await assert.rejects(
    ensureAgeKey({ run, env: other, sealedFor: [recipient] }),
    new RegExp(`sealed for ${recipient}`),
  );
  await ensureAgeKey({ run, env: other, sealedFor: [] });
  const asOther: typeof run = (call) => {
    process.env.SOPS_AGE_KEY_FILE = other.SOPS_AGE_KEY_FILE;
    return run(call).finally(() => (process.env.SOPS_AGE_KEY_FILE = env.SOPS_AGE_KEY_FILE));
  };
  await assert.rejects(
    open(asOther, readSecretsFile(place)),
    new RegExp(`no key on this machine opens .*${recipient}`),
  );
  await assert.rejects(sealInto(asOther, readSecretsFile(place), { a: { c: 'x' } }), /no key on this machine opens/);
});

test('a rule that somebody wrote is kept, and ours comes behind it', () => {
  const repository = repositoryOf({
    '.sops.yaml': '# Ours.\ncreation_rules:\n  - path_regex: ^other/\n    pgp: ABC\n',
  });
  assert.equal(creationRecipients(repository.root, 'environments/home/secrets.sops.yaml'), undefined);
  addCreationRule(repository.root, 'environments', 'age1x');
  assert.match(
    repository.read('.sops.yaml'),
    /^# Ours\.\ncreation_rules:\n  - path_regex: \^other\/\n    pgp: ABC\n  - path/,
  );
  assert.ok(repository.read('.sops.yaml').endsWith('age: age1x\n'));
  assert.deepEqual(creationRecipients(repository.root, 'environments/home/secrets.sops.yaml'), ['age1x']);
  assert.equal(creationRecipients(repository.root, 'environments/home/other.sops.yaml'), undefined);
});
