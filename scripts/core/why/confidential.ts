import { plaintextSecret } from '../rules/plaintext-secret.ts';
import type { ManifestRef } from '../types.ts';

/**
 * Whether the code around a value may hold a secret, so that no log may show it: the values of Secrets, and whatever the
 * rule `plaintext-secret` found.
 */
export function isConfidential({ apiVersion, kind }: ManifestRef, pointer: string, rule?: string): boolean {
  if (rule === plaintextSecret.name) return true;
  return apiVersion === 'v1' && kind === 'Secret' && /^\/(data|stringData)(\/|$)/.test(pointer);
}
