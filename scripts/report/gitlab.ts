import type { Diagnostic } from '../core/types.ts';
import { placeOf } from './context.ts';
import type { Reporter } from './context.ts';
import { fingerprints } from './fingerprint.ts';

/** Code Climate JSON as GitLab's code quality widget reads it; fingerprints are stable, so it can tell new from old. */
export const gitlab: Reporter = (diagnostics) => {
  const ids = fingerprints(diagnostics);
  return `${JSON.stringify(
    diagnostics.map((d, i) => issueOf(d, ids[i]!)),
    null,
    2,
  )}\n`;
};

function issueOf(d: Diagnostic, fingerprint: string) {
  const place = placeOf(d).join(' › ');
  const description = [place === '' ? d.message : `${place}: ${d.message}`, d.hint].filter(
    (part) => part !== undefined,
  );
  return {
    type: 'issue',
    check_name: d.rule,
    description: description.join(' '),
    categories: ['Bug Risk'],
    severity: d.severity === 'error' ? 'major' : 'minor',
    fingerprint,
    // GitLab drops an issue without a path; a finding of no file belongs to the repository as a whole.
    location: { path: d.file ?? '.', lines: { begin: d.line ?? 1 } },
    ...(d.related !== undefined && {
      other_locations: d.related.map(({ file, line }) => ({ path: file, lines: { begin: line } })),
    }),
    ...(d.frame !== undefined && { content: { body: ['```', d.frame, '```'].join('\n') } }),
  };
}
