import type { Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic, RelatedPlace } from '../core/types.ts';
import { placeOf, rulePage, sourceLines } from './context.ts';
import type { Reporter } from './context.ts';
import { fingerprints } from './fingerprint.ts';

/** SARIF 2.1.0, one run, rules described once; what code scanning of the large forges reads. */
export const sarif: Reporter = (diagnostics, { version, rules = {} }) => {
  const names = [...new Set(diagnostics.map((d) => d.rule))].sort();
  const ids = fingerprints(diagnostics);
  const log: Log = {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rekindle', version, rules: names.map((name) => describe(name, rules[name])) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d, i) => resultOf(d, names.indexOf(d.rule), ids[i]!)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function describe(name: string, summary: string | undefined): ReportingDescriptor {
  const text = `${rulePage(name)} explains this rule.`;
  return { id: name, ...(summary === undefined ? {} : { shortDescription: { text: summary } }), help: { text } };
}

function resultOf(d: Diagnostic, ruleIndex: number, id: string): Result {
  const place = placeOf(d).join(' › ');
  const text = [place === '' ? d.message : `${place}: ${d.message}`, d.hint].filter((part) => part !== undefined);
  return {
    ruleId: d.rule,
    ruleIndex,
    level: d.severity,
    message: { text: text.join('\n') },
    locations: [
      {
        ...(d.file === undefined
          ? {}
          : {
              physicalLocation: {
                artifactLocation: { uri: uriOf(d.file) },
                // Code scanning shows only results that have a line; the first is the honest one for a whole file.
                region: { startLine: d.line ?? 1, ...(d.column === undefined ? {} : { startColumn: d.column }) },
                ...(d.frame === undefined ? {} : { contextRegion: contextOf(d.frame) }),
              },
            }),
        ...(place === '' ? {} : { logicalLocations: [{ fullyQualifiedName: place, kind: 'resource' }] }),
      },
    ],
    ...(d.related === undefined ? {} : { relatedLocations: d.related.map(relatedOf) }),
    partialFingerprints: { 'rekindle/v1': id },
  };
}

function contextOf(frame: string): Region {
  const lines = sourceLines(frame);
  return {
    startLine: lines[0]?.number ?? 1,
    endLine: lines.at(-1)?.number ?? 1,
    snippet: { text: lines.map(({ text }) => `${text}\n`).join('') },
  };
}

function relatedOf({ message, file, line, column }: RelatedPlace, id: number): Location {
  const region = { startLine: line, startColumn: column };
  return { id, physicalLocation: { artifactLocation: { uri: uriOf(file) }, region }, message: { text: message } };
}

/** A path as a URI reference: relative paths stay relative to the repository, whatever the platform's separator. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}
