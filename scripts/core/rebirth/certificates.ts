// Certificates: those that cert-manager has issued. Their keys are in the cluster only, so after a loss they are issued anew.
import type { Kubectl } from '../live/kubectl.ts';
import type { Piece } from './pieces.ts';

/** Every Certificate that is ready, as `<namespace>/<name>`. */
export async function certificates(kubectl: Kubectl): Promise<Piece[]> {
  const all = await kubectl.list('certificates.cert-manager.io', 'all');
  return all
    .filter(({ status }) => {
      const conditions: { type: string; status: string }[] = status?.conditions ?? [];
      return conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
    })
    .map(({ metadata }) => ({ id: `${metadata.namespace}/${metadata.name}`, amount: 1 }));
}
