// Deployed is Tempo 3; 2.9 is the newest that can be built. What differs between their configurations stands in
// lib/tempo/README.md, "Versions".

type Configuration = Record<string, Record<string, unknown>>;

/** The keys that 2.9 does not know, and those that take their place. */
export const unlike = { unknown: ['live_store', 'block_builder'], added: ['ingester', 'compactor'] } as const;

/** The rendered configuration of Tempo 3 as one of 2.9: everything that both know stays as it is. */
export function forTempo2(rendered: Configuration): Configuration {
  const { live_store: liveStore, block_builder: _, ...shared } = rendered;
  const { ring } = liveStore as { ring: Record<string, unknown> };
  return {
    ...shared,
    ingester: {
      lifecycler: { ring: { kvstore: ring.kvstore, replication_factor: 1 }, address: ring.instance_addr },
    },
    compactor: {
      ring: { kvstore: ring.kvstore, instance_addr: ring.instance_addr },
      compaction: rendered.backend_worker!.compaction,
    },
  };
}
