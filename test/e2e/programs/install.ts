// Applies what an environment renders, in the order of its waves, for proofs that run programs without Argo CD.
import { waitUntil, type Api } from '../rig/api.ts';
import type { Manifest } from '../../../scripts/core/types.ts';

const crd = 'CustomResourceDefinition';

/** The wave of a manifest within its app. */
export function waveOf({ metadata }: Manifest): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** Applies manifests wave by wave: CustomResourceDefinitions first, and Namespaces before what lies in them. */
export async function install(api: Api, manifests: readonly Manifest[]): Promise<void> {
  const definitions = manifests.filter(({ kind }) => kind === crd);
  for (const manifest of definitions) await api.apply(manifest);
  await waitUntil(
    async () => (await Promise.all(definitions.map((manifest) => isEstablished(api, manifest)))).every(Boolean),
    {
      what: 'every CustomResourceDefinition is established',
    },
  );
  const rank = (manifest: Manifest): number => waveOf(manifest) * 2 + (manifest.kind === 'Namespace' ? 0 : 1);
  const others = manifests.filter(({ kind }) => kind !== crd).toSorted((a, b) => rank(a) - rank(b));
  for (const manifest of others) await api.apply(manifest);
}

/** Groups whose definitions other apps bring: routes, and who may call whom in the mesh. A proof that runs neither does without. */
const brought = ['policy.linkerd.io', 'projectcontour.io'];

/** Can it be applied where only the app itself was installed? */
export function standsAlone({ apiVersion }: Manifest): boolean {
  return !brought.includes(apiVersion.split('/')[0]!);
}

async function isEstablished(api: Api, definition: Manifest): Promise<boolean> {
  const live = await api.get(definition);
  return ((live.status?.conditions ?? []) as { type: string; status: string }[]).some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
}
