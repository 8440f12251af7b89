import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSecrets } from '../../../scripts/core/secrets/check.ts';
import { groupByName, type SecretRow } from '../../../scripts/core/secrets/declared.ts';
import { unsealedFindings } from '../../../scripts/core/secrets/unsealed.ts';

const storage = (component: string, more: Partial<SecretRow> = {}): SecretRow => ({
  component,
  namespace: component,
  name: 'object-storage',
  keys: { id: 'ID.', secret: 'Secret.' },
  ...more,
});

const enc = (type = 'str'): string => `ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:${type}]`;
const seal = `sops:\n    age:\n        - recipient: age1x\n    mac: ${enc()}\n`;
const check = (text: string | undefined, rows = [storage('loki')]): string[] =>
  checkSecrets('home', groupByName(rows), { path: '/x', shown: 'secrets.sops.yaml', text }).map(
    ({ rule, severity, message }) => `${rule} ${severity} ${message}`,
  );

test('a Secret that several read is said once and is in each namespace', () => {
  const password = { kind: 'password', length: 20 } as const;
  const [secret, ...others] = groupByName([
    storage('loki', { labels: { a: 'b' } }),
    storage('mimir', { keys: { id: 'ID.' }, generate: { id: password }, values: { region: 'x' } }),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(secret, {
    name: 'object-storage',
    keys: {
      id: { help: 'ID.', readers: ['loki', 'mimir'], generate: password },
      secret: { help: 'Secret.', readers: ['loki'] },
    },
    places: [
      { namespace: 'loki', keys: ['id', 'secret'], values: {}, labels: { a: 'b' }, type: 'Opaque' },
      { namespace: 'mimir', keys: ['id'], values: { region: 'x' }, labels: {}, type: 'Opaque' },
    ],
  });
});

test('two that make a value differently contradict each other', () => {
  const by = (length: number) => ({ generate: { id: { kind: 'password' as const, length } } });
  assert.throws(
    () => groupByName([storage('loki', by(20)), storage('mimir', by(30))]),
    /loki and mimir contradict each other about how "id" is made/,
  );
});

test('missing, empty, no text, read by nobody: each is told by name, without the key', () => {
  assert.deepEqual(check(`object-storage:\n    id: ${enc()}\n    secret: ${enc()}\n${seal}`), []);
  assert.deepEqual(check(undefined), [
    'secret-values error object-storage: "id" is missing (loki: ID.)',
    'secret-values error object-storage: "secret" is missing (loki: Secret.)',
  ]);
  assert.deepEqual(
    check(`object-storage:\n    id: ""\n    secret: ${enc('int')}\n    old: ${enc()}\nx:\n    y: ""\n${seal}`),
    [
      'secret-values error object-storage: "id" is empty (loki: ID.)',
      'secret-values error object-storage: "secret" is no text but int: write it in quotes (loki: Secret.)',
      'secret-values warning nothing reads "object-storage.old"',
      'secret-values warning nothing reads "x.y"',
    ],
  );
});

test('what is in clear is told by name alone', () => {
  const clear = check(`object-storage:\n    id: canary-in-clear\n    secret: ${enc()}\n${seal}`);
  assert.deepEqual(clear, ['secrets-unsealed error not sealed by SOPS, so that everybody reads: object-storage.id']);
  const broken = unsealedFindings('a: "canary\nb: [');
  assert.equal(broken.length, 1);
  assert.doesNotMatch(JSON.stringify(broken), /canary/);
  const noSeal = unsealedFindings(`a:\n    b: ${enc()}\n`);
  assert.deepEqual(
    noSeal.map(({ message }) => message),
    ['it lacks the seal of SOPS (sops.mac)'],
  );
  assert.deepEqual(unsealedFindings(''), []);
});
