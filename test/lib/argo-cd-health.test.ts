// Runs the health check of Applications in Lua as Argo CD does: without libraries but for two functions of `os`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const scriptOf = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../lib/argo-cd/files', `${name}-health.lua`), 'utf8');

const candidates = [process.env['LUA'], 'lua5.1', 'luajit', 'lua', 'lua5.4'].filter((name) => name !== undefined);
const lua = candidates.find((name) => spawnSync(name, ['-v']).status === 0);
const skip = lua === undefined && 'no Lua interpreter: install lua5.1, or name one in LUA';

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `{ ${value.map(literal).join(', ')} }`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `[${JSON.stringify(key)}] = ${literal(item)}`)
    .join(', ')} }`;
};

const patience = 300;

/** [status, message] of an object. */
const healthOf = (object: unknown, script = scriptOf('application')): [string, string] => {
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

type Status = Record<string, unknown>;

interface Extra {
  operation?: unknown;
  annotations?: object;
  spec?: object;
}

const application = (status: Status, { operation, annotations = {}, spec }: Extra = {}): object => ({
  metadata: { name: 'echo', annotations },
  spec: { source: source('new'), syncPolicy: { automated: { prune: true, selfHeal: true } }, ...spec },
  ...(operation !== undefined && { operation }),
  status,
});

const otherArguments = { ...source('new'), directory: { include: 'main.jsonnet', jsonnet: { libs: ['lib'] } } };
const synced = { status: 'Synced', comparedTo: { source: source('new') }, revision: 'new' };
const outOfSync = { ...synced, status: 'OutOfSync' };
const healthy = { status: 'Healthy' };
const succeeded = {
  phase: 'Succeeded',
  startedAt: ago(20),
  finishedAt: ago(10),
  syncResult: { source: source('new') },
};

const old = { status: 'Synced', comparedTo: { source: source('old') } };
const failed = { ...succeeded, phase: 'Failed', message: 'webhook refused' };
const running = { phase: 'Running', startedAt: ago(10), message: 'waiting' };
const late = ago(patience + 10);
const condition = (type: string, message: string): Status => ({ conditions: [{ type, message }] });

/** What it is, its status, and what else is said of it. */
type Case = [string, Status, Extra?];

const cases: Record<string, Case[]> = {
  Healthy: [
    ['synced, synced through and healthy', { sync: synced, health: healthy, operationState: succeeded }],
    ['in sync without a sync of its own', { sync: synced, health: healthy }],
    ['suspended on purpose', { sync: synced, health: { status: 'Suspended' }, operationState: succeeded }],
    [
      'the root, whatever it does',
      { health: { status: 'Degraded' } },
      { annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
    ],
  ],
  Progressing: [
    ['never looked at', {}],
    ['healthy, but compared with the commit before', { sync: old, health: healthy, operationState: succeeded }],
    [
      'healthy, but compared with other arguments',
      { sync: { ...synced, comparedTo: { source: otherArguments } }, health: healthy },
    ],
    ['degraded before the new commit is compared', { sync: old, health: { status: 'Degraded' } }],
    [
      'degraded before the new commit is applied',
      {
        sync: outOfSync,
        health: { status: 'Degraded' },
        operationState: { ...succeeded, syncResult: { source: source('old') } },
      },
    ],
    ['about to be synced', { sync: outOfSync, health: healthy }, { operation: { sync: {} } }],
    [
      'in sync, with an operation that has not begun',
      { sync: synced, health: healthy, operationState: succeeded },
      { operation: { sync: {} } },
    ],
    ['syncing', { sync: synced, health: healthy, operationState: running }, { operation: {} }],
    [
      'failed at the commit before',
      { sync: outOfSync, operationState: { ...failed, syncResult: { source: source('old') } } },
    ],
    [
      'starting',
      { sync: synced, health: { status: 'Progressing', lastTransitionTime: ago(5) }, operationState: succeeded },
    ],
    [
      'synced long ago, and unhealthy since a moment',
      {
        sync: synced,
        health: { status: 'Progressing', lastTransitionTime: ago(5) },
        operationState: { ...succeeded, finishedAt: late },
      },
    ],
    [
      'of several sources, one of them not compared yet',
      { sync: { status: 'Synced', comparedTo: { sources: [source('new'), source('old')] } }, health: healthy },
      { spec: { source: undefined, sources: [source('new'), source('new')] } },
    ],
  ],
  Degraded: [
    [
      'syncing for too long',
      { sync: synced, health: healthy, operationState: { ...running, startedAt: late } },
      { operation: {} },
    ],
    [
      'terminating for too long',
      { sync: synced, health: healthy, operationState: { phase: 'Terminating', startedAt: late } },
      { operation: {} },
    ],
    ['failed at this commit', { sync: outOfSync, health: healthy, operationState: failed }],
    [
      'failed at this commit before there was a result',
      { sync: outOfSync, operationState: { phase: 'Error', operation: { sync: { source: source('new') } } } },
    ],
    ['in sync, but for a hook that failed', { sync: synced, health: healthy, operationState: failed }],
    ['refused by its project', condition('InvalidSpecError', 'not permitted')],
    [
      'impossible to render',
      { sync: { ...synced, status: 'Unknown' }, health: healthy, ...condition('ComparisonError', 'RUNTIME ERROR') },
    ],
    [
      'refusing to sync',
      { sync: outOfSync, health: healthy, ...condition('SyncError', 'would wipe out all resources') },
    ],
    [
      'changed again and again by somebody else',
      {
        sync: outOfSync,
        health: healthy,
        operationState: { ...succeeded, operation: { sync: { selfHealAttemptsCount: 3 } } },
      },
    ],
    [
      'degraded',
      { sync: synced, health: { status: 'Degraded', message: 'deadline exceeded' }, operationState: succeeded },
    ],
    [
      'starting for too long',
      {
        sync: synced,
        health: { status: 'Progressing', lastTransitionTime: late },
        operationState: { ...succeeded, finishedAt: late },
      },
    ],
  ],
  Suspended: [
    ['waiting for a person', { sync: outOfSync, health: healthy }, { spec: { syncPolicy: {} } }],
    [
      'whose automation is off',
      { sync: outOfSync, health: healthy },
      { spec: { syncPolicy: { automated: { enabled: false } } } },
    ],
  ],
};

for (const [expected, all] of Object.entries(cases)) {
  for (const [name, status, extra] of all) {
    test(`an Application ${name}: ${expected}`, { skip }, () => {
      const [code, message] = healthOf(JSON.parse(JSON.stringify(application(status, extra))));
      assert.equal(code, expected, message);
      assert.notEqual(message, 'nil');
    });
  }
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
  const spec = {
    source: { ...source('new'), chart: '', directory: { ...(source('new') as any).directory, recurse: false } },
  };
  assert.equal(healthOf(application({ sync: synced, health: healthy }, { spec }))[0], 'Healthy');
});

test('messages say what is waited for', { skip }, () => {
  const message = (status: Status) => healthOf(application(status))[1];
  assert.match(
    message({ sync: outOfSync, operationState: { ...succeeded, phase: 'Failed', message: 'webhook refused' } }),
    /webhook refused/,
  );
  assert.match(
    message({
      sync: { ...synced, status: 'Unknown' },
      conditions: [{ type: 'ComparisonError', message: 'RUNTIME ERROR: x' }],
    }),
    /RUNTIME ERROR: x/,
  );
});

test('a Bundle is healthy when trust-manager has written what it says now', { skip }, () => {
  const bundle = (conditions?: object[]): object => ({
    metadata: { generation: 2 },
    status: { ...(conditions && { conditions }) },
  });
  const found = (status: string, observedGeneration: number): object => ({
    type: 'Synced',
    status,
    observedGeneration,
    message: 'why',
  });
  const script = scriptOf('bundle');
  assert.deepEqual(healthOf(bundle([found('True', 2)]), script), ['Healthy', 'why']);
  assert.deepEqual(healthOf(bundle([found('False', 2)]), script), ['Progressing', 'why']);
  assert.deepEqual(healthOf(bundle([found('True', 1)]), script), ['Progressing', 'not synced yet']);
  assert.deepEqual(healthOf(bundle(), script), ['Progressing', 'not synced yet']);
});
