// The environment `kind` of the rig with some of its stores only, and with Tempo's configuration for the version that can be
// run here: the change that the proof commits.
import { join } from 'node:path';
import { environmentsFolder } from '../../argo-cd/installation.ts';
import type { Change } from '../../argo-cd/repository.ts';
import type { Store } from '../stores/stage.ts';

const off = (...components: string[]): string =>
  components.map((name) => `    '${name}'+: { enabled: false },\n`).join('');

const without: Readonly<Record<Store, string>> = {
  loki: off('loki'),
  // What looks at metrics alone goes with them.
  mimir: off('mimir', 'linkerd-viz'),
  tempo: off('tempo'),
};

/** Where there are no metrics there are no dashboards either. */
const dashboard = `    loki+: {
      dashboards+:: { Proof: { rebirth: (import 'grafana/dashboard.libsonnet').dashboard('rebirth', 'Rebirth', []) } },
    },
`;

/** What ../stores/tempo-2.ts does to the file, said in Jsonnet, with the half minute of Tempo 3 between two blocks. */
const tempo2 = `    tempo+: {
      local rendered = super.config,
      local ring = rendered.live_store.ring,
      config:: {
        [key]: rendered[key]
        for key in std.objectFields(rendered)
        if !std.member(['block_builder', 'live_store'], key)
      } + {
        ingester: {
          lifecycler: { address: ring.instance_addr, ring: { kvstore: ring.kvstore, replication_factor: 1 } },
          max_block_duration: '30s',
        },
        compactor: {
          ring: { kvstore: ring.kvstore, instance_addr: ring.instance_addr },
          compaction: rendered.backend_worker.compaction,
        },
      },
    },
`;

/** The file of the environment, with these stores and no others. */
export function environmentWith(environment: string, stores: readonly Store[]): Change {
  const all: Store[] = ['loki', 'mimir', 'tempo'];
  const absent = all.filter((store) => !stores.includes(store)).map((store) => without[store]);
  const content = `(import '../../../../environments/${environment}/cluster.libsonnet') + (import '../endpoints.libsonnet') + {
  components+: {
${absent.join('')}${dashboard}${stores.includes('tempo') ? tempo2 : ''}  },
}
`;
  return { [join(environmentsFolder, environment, 'cluster.libsonnet')]: content };
}
