// Places of findings in Jsonnet sources.
import { readFileSync } from 'node:fs';
import type { Site } from '../../jsonnet/engine/errors.ts';
import { makerOf } from '../../jsonnet/provenance/explain.ts';
import { codeFrame } from '../../jsonnet/syntax/code-frame.ts';
import { fieldPath, pointerSegments } from '../schemas/explain/json-pointer.ts';
import type { Diagnostic, Environment, RelatedPlace } from '../types.ts';
import { isSame, placeOf, traceApp, type TracedApp } from './app.ts';
import { follow, isInside, layersOf, settersOf } from './follow.ts';
import { hidesCode, isAboutSecret } from './confidential.ts';
import { dataOf } from '../../jsonnet/provenance/trace.ts';
import type { Traced } from '../../jsonnet/provenance/value.ts';

/** The same findings, each with the place that has to be mended as far as it can be found. */
export function locateFindings(environment: Environment, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const apps = new Map<string, TracedApp | null>();
  const traced = (app: string): TracedApp | null => {
    let known = apps.get(app);
    if (known === undefined) apps.set(app, (known = traceOrNull(environment, app)));
    return known;
  };
  return diagnostics.map((finding) => {
    if (finding.line !== undefined) return framed(environment, finding);
    if (finding.app === undefined || finding.manifest === undefined) return finding;
    return located(finding, traced(finding.app));
  });
}

/** A finding is worth more than its place: one that can't be traced, because it nests too deep, is reported without. */
function traceOrNull(environment: Environment, app: string): TracedApp | null {
  try {
    return traceApp(environment, app);
  } catch {
    return null;
  }
}

function located(finding: Diagnostic, app: TracedApp | null): Diagnostic {
  const manifest = app?.manifests.find(({ ref }) => isSame(ref, finding.manifest!));
  if (manifest === undefined) return finding;
  try {
    return app!.within(() => placed(finding, manifest.traced));
  } catch {
    return finding;
  }
}

function placed(finding: Diagnostic, manifest: Traced): Diagnostic {
  const tokens = pointerSegments(finding.pointer ?? '');
  const path = follow(manifest, tokens);
  const target = path.at(-1)!;
  const { traced } = target;
  const [setter] = settersOf(target);
  const isLeaf = typeof traced.value !== 'object' || traced.value === null;
  // A value that is written down where it is set is shown with its field; one from elsewhere has to be mended there.
  const maker = makerOf(traced.origin);
  const site = isLeaf && !isInside(maker, setter) ? maker : setter;
  const related: RelatedPlace[] = [];
  if (site !== setter) related.push({ message: `set as ${pathOf(manifest, tokens)}`, ...placeOf(setter) });
  const [own] = layersOf(manifest);
  if (own !== undefined && !isInside(site, own) && !isInside(setter, own)) {
    related.push({ message: 'in the manifest', ...placeOf(own) });
  }
  const isHidden = isAboutSecret(finding.rule) || hidesCode(finding.manifest!, traced.value);
  return {
    ...finding,
    ...placeOf(site),
    ...(!isHidden && { frame: frameOf(site) }),
    ...(related.length > 0 && { related }),
  };
}

function pathOf(manifest: Traced, tokens: readonly string[]): string {
  return fieldPath(dataOf(manifest), tokens);
}

function frameOf({ unit, start, end }: Site): string {
  return codeFrame(unit.source, start, end);
}

/** A finding that knows its place, such as an error of the evaluation, with the code there. */
function framed({ root }: Environment, finding: Diagnostic): Diagnostic {
  const { file, line, column } = finding;
  if (file === undefined || line === undefined || finding.frame !== undefined) return finding;
  // Bytes that are no text are what such a finding is about.
  if (finding.rule === 'source-encoding') return finding;
  let source: string;
  try {
    source = readFileSync(`${root}/${file}`, 'utf8');
  } catch {
    return finding;
  }
  let start = 0;
  for (let n = 1; n < line; n++) start = source.indexOf('\n', start) + 1;
  start += (column ?? 1) - 1;
  return { ...finding, frame: codeFrame(source, start, start + 1) };
}
