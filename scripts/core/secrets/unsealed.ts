import type { Diagnostic } from '../types.ts';
import { inspectSealed } from './sealed.ts';

type Found = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'hint'>;

/** What everybody could read in a file that should be sealed: its names, never its values. None where SOPS has sealed all of it. */
export function unsealedFindings(text: string): Found[] {
  const rule = 'secrets-unsealed';
  const severity = 'error';
  const hint = 'sops encrypt --in-place seals it; a value that was pushed must be replaced';
  const sealed = inspectSealed(text);
  if ('error' in sealed) {
    const message = `it can't be read as YAML (${sealed.error}), so SOPS can't have sealed it`;
    return [
      { rule, severity, message, hint: 'take it out of the repository, or restore the last version that SOPS wrote' },
    ];
  }
  const clear = sealed.values.filter(({ state }) => state === 'clear').map(({ path }) => path.join('.'));
  if (clear.length > 0) {
    const message = `not sealed by SOPS, so that everybody reads: ${clear.join(', ')}`;
    return [{ rule, severity, message, hint }];
  }
  if (sealed.hasSeal || sealed.values.length === 0) return [];
  return [{ rule, severity, message: 'it lacks the seal of SOPS (sops.mac)', hint }];
}
