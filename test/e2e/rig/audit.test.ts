import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { forbiddenCalls } from './audit.ts';

test('forbidden calls are found among others; a half written line is left for later', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const event = (code: number) => ({
    user: { username: 'system:serviceaccount:a:b' },
    verb: 'list',
    requestURI: '/api/v1/secrets?code":403}',
    responseStatus: { code, message: 'secrets is forbidden' },
  });
  const log = join(folder, 'audit.log');
  writeFileSync(
    log,
    [event(200), event(403), event(403)]
      .map((one) => JSON.stringify(one))
      .join('\n')
      .slice(0, -20),
  );
  assert.deepEqual(forbiddenCalls(log), [
    {
      user: 'system:serviceaccount:a:b',
      verb: 'list',
      uri: '/api/v1/secrets?code":403}',
      message: 'secrets is forbidden',
    },
  ]);
  assert.deepEqual(forbiddenCalls(join(folder, 'none.log')), []);
});
