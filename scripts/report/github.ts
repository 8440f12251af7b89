import type { Diagnostic } from '../core/types.ts';
import { placeOf, relatedLines } from './context.ts';
import type { Reporter } from './context.ts';

/** GitHub Actions workflow commands: one annotation per finding, shown on the changed lines of a pull request. */
export const github: Reporter = (diagnostics) => diagnostics.map((d) => `${commandOf(d)}\n`).join('');

function commandOf(d: Diagnostic): string {
  const properties = [
    ['file', d.file],
    ['line', d.line],
    ['col', d.line === undefined ? undefined : d.column],
    ['title', `rekindle: ${d.rule}`],
  ] as const;
  const list = properties
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(`${value}`)}`);
  const place = placeOf(d).join(' › ');
  const message = place === '' ? d.message : `${place}: ${d.message}`;
  const text = [message, d.hint, ...relatedLines(d), d.frame].filter((part) => part !== undefined);
  return `::${d.severity} ${list.join(',')}::${data(text.join('\n'))}`;
}

// The runner reads one command per line and undoes exactly these escapes.
const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
