// Runs the health check of Applications in Lua as Argo CD does: without libraries but for two functions of `os`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const script = readFileSync(path.resolve(import.meta.dirname, '../../lib/argo-cd/files/application-health.lua'), 'utf8');

const candidates = [process.env['LUA'], 'lua5.1', 'luajit', 'lua', 'lua5.4'].filter((name) => name !== undefined);
const lua = candidates.find((name) => spawnSync(name, ['-v']).status === 0);
const skip = lua === undefined && 'no Lua interpreter: install lua5.1, or name one in LUA';

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `{ ${value.map(literal).join(', ')} }`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([key, item]) => `[${JSON.stringify(key)}] = ${literal(item)}`).join(', ')} }`;
};

const patience = 300;

/** [status, message] of an object. */
const healthOf = (object: unknown): [string, string] => {
  const program = `
    local clock = os
    package.loaded.os = { time = clock.time, date = clock.date }
    string, math, io, os, debug, coroutine = nil, nil, nil, nil, nil, nil
    obj = ${literal(object)}
    local function run()
      local patience = ${patience}
      ${script}
    end
    local result = run()
    print(result.status)
    print(result.message)
  `;
  const { status, stdout, stderr } = spawnSync(lua!, ['-'], { input: program, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const [code = '', ...message] = stdout.trimEnd().split('\n');
  return [code, message.join('\n')];
};

const source = (targetRevision: string): object => ({
  repoURL: 'https://git.example/repository.git',
  targetRevision,
  path: 'environments/test',
  directory: { include: 'main.jsonnet', jsonnet: { libs: ['vendor', 'lib'], tlas: [{ name: 'app', value: 'echo' }] } },
});

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

interface Status {
  [field: string]: unknown;
  sync?: unknown;
  health?: unknown;
  operationState?: unknown;
}

const application = (status: Status, rest: { operation?: unknown; annotations?: object; spec?: object } = {}): object => ({
  metadata: { name: 'echo', annotations: rest.annotations ?? {} },
  spec: { source: source('new'), syncPolicy: { automated: { prune: true, selfHeal: true } }, ...rest.spec },
  ...(rest.operation !== undefined && { operation: rest.operation }),
  status,
});

const synced = { status: 'Synced', comparedTo: { source: source('new') }, revision: 'new' };
const outOfSync = { ...synced, status: 'OutOfSync' };
const healthy = { status: 'Healthy' };
const succeeded = { phase: 'Succeeded', startedAt: ago(20), finishedAt: ago(10), syncResult: { source: source('new') } };

const cases: [string, string, object][] = [
  ['synced, synced through and healthy', 'Healthy', application({ sync: synced, health: healthy, operationState: succeeded })],
  ['in sync without a sync of its own', 'Healthy', application({ sync: synced, health: healthy })],
  ['never looked at', 'Progressing', application({})],
  ['healthy, but compared with the commit before', 'Progressing', application({ sync: { ...synced, comparedTo: { source: source('old') } }, health: healthy, operationState: succeeded })],
  [
    'healthy, but compared with other arguments',
    'Progressing',
    application({
      sync: { ...synced, comparedTo: { source: { ...source('new'), directory: { include: 'main.jsonnet', jsonnet: { libs: ['lib'] } } } } },
      health: healthy,
    }),
  ],
  ['degraded before the new commit is compared', 'Progressing', application({ sync: { ...synced, comparedTo: { source: source('old') } }, health: { status: 'Degraded' } })],
  ['degraded before the new commit is applied', 'Progressing', application({ sync: outOfSync, health: { status: 'Degraded' }, operationState: { ...succeeded, syncResult: { source: source('old') } } })],
  ['about to be synced', 'Progressing', application({ sync: outOfSync, health: healthy }, { operation: { sync: {} } })],
  ['in sync, with an operation that has not begun', 'Progressing', application({ sync: synced, health: healthy, operationState: succeeded }, { operation: { sync: {} } })],
  ['syncing', 'Progressing', application({ sync: synced, health: healthy, operationState: { phase: 'Running', startedAt: ago(10), message: 'waiting' } }, { operation: {} })],
  ['syncing for too long', 'Degraded', application({ sync: synced, health: healthy, operationState: { phase: 'Running', startedAt: ago(patience + 10) } }, { operation: {} })],
  ['terminating for too long', 'Degraded', application({ sync: synced, health: healthy, operationState: { phase: 'Terminating', startedAt: ago(patience + 10) } }, { operation: {} })],
  ['failed at this commit', 'Degraded', application({ sync: outOfSync, health: healthy, operationState: { ...succeeded, phase: 'Failed', message: 'webhook refused' } })],
  ['failed at this commit before there was a result', 'Degraded', application({ sync: outOfSync, operationState: { phase: 'Error', operation: { sync: { source: source('new') } } } })],
  ['failed at the commit before', 'Progressing', application({ sync: outOfSync, operationState: { ...succeeded, phase: 'Failed', syncResult: { source: source('old') } } })],
  ['a hook failed, everything else is in sync', 'Degraded', application({ sync: synced, health: healthy, operationState: { ...succeeded, phase: 'Failed' } })],
  ['refused by its project', 'Degraded', application({ conditions: [{ type: 'InvalidSpecError', message: 'not permitted' }] })],
  ['can not be rendered', 'Degraded', application({ sync: { ...synced, status: 'Unknown' }, health: healthy, conditions: [{ type: 'ComparisonError', message: 'RUNTIME ERROR' }] })],
  ['refuses to sync', 'Degraded', application({ sync: outOfSync, health: healthy, conditions: [{ type: 'SyncError', message: 'would wipe out all resources' }] })],
  ['somebody else changes it again and again', 'Degraded', application({ sync: outOfSync, health: healthy, operationState: { ...succeeded, operation: { sync: { selfHealAttemptsCount: 3 } } } })],
  ['waits for a person', 'Suspended', application({ sync: outOfSync, health: healthy }, { spec: { syncPolicy: {} } })],
  ['automation is switched off', 'Suspended', application({ sync: outOfSync, health: healthy }, { spec: { syncPolicy: { automated: { enabled: false } } } })],
  ['degraded', 'Degraded', application({ sync: synced, health: { status: 'Degraded', message: 'deadline exceeded' }, operationState: succeeded })],
  ['suspended on purpose', 'Healthy', application({ sync: synced, health: { status: 'Suspended' }, operationState: succeeded })],
  ['starting', 'Progressing', application({ sync: synced, health: { status: 'Progressing', lastTransitionTime: ago(5) }, operationState: succeeded })],
  [
    'starting, and synced long ago: its health went bad just now',
    'Progressing',
    application({ sync: synced, health: { status: 'Progressing', lastTransitionTime: ago(5) }, operationState: { ...succeeded, finishedAt: ago(9000) } }),
  ],
  [
    'starting for too long',
    'Degraded',
    application({ sync: synced, health: { status: 'Progressing', lastTransitionTime: ago(patience + 5) }, operationState: { ...succeeded, finishedAt: ago(patience + 5) } }),
  ],
  ['the root, whatever it does', 'Healthy', application({ health: { status: 'Degraded' } }, { annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } })],
  [
    'several sources, one of them not compared yet',
    'Progressing',
    application({ sync: { status: 'Synced', comparedTo: { sources: [source('new'), source('old')] } }, health: healthy }, { spec: { source: undefined, sources: [source('new'), source('new')] } }),
  ],
];

for (const [name, expected, object] of cases) {
  test(`an Application ${name}: ${expected}`, { skip }, () => {
    const [status, message] = healthOf(JSON.parse(JSON.stringify(object)));
    assert.equal(status, expected, message);
    assert.notEqual(message, 'nil');
  });
}

test('what an Application lacks breaks nothing', { skip }, () => {
  for (const field of ['sync', 'health', 'operationState', 'conditions']) {
    const status: Status = { sync: synced, health: healthy, operationState: succeeded, conditions: [] };
    delete status[field];
    healthOf(application(status));
  }
  assert.deepEqual(healthOf({ metadata: { name: 'x' }, spec: {} })[0], 'Progressing');
});

test('empty values that Argo CD leaves out of its status make no difference', { skip }, () => {
  const spec = { source: { ...source('new'), chart: '', directory: { ...(source('new') as any).directory, recurse: false } } };
  assert.equal(healthOf(application({ sync: synced, health: healthy }, { spec }))[0], 'Healthy');
});

test('messages say what is waited for', { skip }, () => {
  const message = (status: Status) => healthOf(application(status))[1];
  assert.match(message({ sync: outOfSync, operationState: { ...succeeded, phase: 'Failed', message: 'webhook refused' } }), /webhook refused/);
  assert.match(message({ sync: { ...synced, status: 'Unknown' }, conditions: [{ type: 'ComparisonError', message: 'RUNTIME ERROR: x' }] }), /RUNTIME ERROR: x/);
});
