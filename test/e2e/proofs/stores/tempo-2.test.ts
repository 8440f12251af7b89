import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forTempo2, unlike } from './tempo-2.ts';

const own = { instance_addr: '10.0.0.1', kvstore: { store: 'memberlist' } };
const rendered = {
  storage: { trace: { backend: 's3' } },
  live_store: { ring: { ...own, instance_zone: 'zone-a' }, wal: { path: '/data/live-store' } },
  backend_worker: { compaction: { block_retention: '60s' } },
};

test('keys of Tempo 3 alone go, those of 2 take their place, and everything else stays', () => {
  const { storage, backend_worker: worker, ...others } = forTempo2(rendered);
  assert.deepEqual({ storage, worker }, { storage: rendered.storage, worker: rendered.backend_worker });
  assert.deepEqual(others, {
    ingester: { lifecycler: { ring: { kvstore: own.kvstore, replication_factor: 1 }, address: own.instance_addr } },
    compactor: { ring: own, compaction: { block_retention: '60s' } },
  });
  assert.deepEqual(Object.keys(others).toSorted(), unlike.added.toSorted());
  assert.ok(unlike.unknown.every((key) => !(key in forTempo2(rendered))));
});
