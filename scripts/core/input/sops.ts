import type { Manifest } from '../types.ts';
import { isFields } from '../rules/values.ts';

/**
 * A manifest that SOPS has sealed, as the cluster will see its shape: without the `sops` block, and with an empty text
 * for every sealed value. Any other manifest is returned as it is.
 */
export function unseal(manifest: Manifest): Manifest {
  if (!isFields(manifest.sops) || typeof manifest.sops.mac !== 'string') return manifest;
  const { sops: _, ...rest } = manifest;
  return emptied(rest) as Manifest;
}

function emptied(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('ENC[AES256_GCM,') ? '' : value;
  if (Array.isArray(value)) return value.map(emptied);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, emptied(item)]));
}
