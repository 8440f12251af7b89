// What no output may show: values of Secrets and credentials, and the code around them.
import { looksLikeCredential, plaintextSecret } from '../rules/plaintext-secret.ts';
import type { ManifestRef } from '../types.ts';

/** Whether a value may be a secret. */
export function hidesValue(ref: ManifestRef, pointer: string, value: unknown): boolean {
  return isCredential(value) || (isSecret(ref) && /^\/(data|stringData)(\/|$)/.test(pointer));
}

/** Whether the code around a value may hold one: in a Secret it may stand a line further. */
export function hidesCode(ref: ManifestRef, value: unknown): boolean {
  return isCredential(value) || isSecret(ref);
}

/** Whether a finding is about a secret. */
export function isAboutSecret(rule: string): boolean {
  return rule === plaintextSecret.name;
}

function isCredential(value: unknown): boolean {
  return typeof value === 'string' && looksLikeCredential(value);
}

function isSecret({ apiVersion, kind }: ManifestRef): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}
