import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/types.ts';

/**
 * One id per finding that stays the same while the finding does: made of what is wrong where, without line numbers or
 * message (a message may quote a value or a count that changes). Equal findings are told apart by their order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map((d) => {
    const m = d.manifest;
    const place = [d.rule, d.env, d.app, m && groupOf(m.apiVersion), m?.kind, m?.namespace, m?.name, d.pointer];
    // With an environment the manifest says it all; the file would change when a setting moves.
    const key = JSON.stringify([...place, d.env === undefined ? d.file : null].map((part) => part ?? null));
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash('sha256')
      .update(nth === 0 ? key : `${key}#${nth}`)
      .digest('hex');
  });
}

// An upgrade from v1beta1 to v1 does not make an old finding a new one.
function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
