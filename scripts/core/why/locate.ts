// Places of findings in Jsonnet sources.
import type { Site } from '../../jsonnet/engine/errors.ts';
import { makerOf } from '../../jsonnet/provenance/explain.ts';
import { codeFrame } from '../../jsonnet/syntax/code-frame.ts';
import { fieldPath, pointerSegments } from '../schemas/explain/json-pointer.ts';
import type { Diagnostic, Environment, RelatedPlace } from '../types.ts';
import { meter } from '../engine-meter.ts';
import type { Limits } from '../engine.ts';
import { withFrame } from '../frames.ts';
import { isSame, placeOf, traceApp, type TracedApp } from './app.ts';
import { follow, isInside, layersOf, settersOf } from './follow.ts';
import { hidesCode, isAboutSecret } from './confidential.ts';
import { dataOf } from '../../jsonnet/provenance/trace.ts';
import type { Traced } from '../../jsonnet/provenance/value.ts';

/**
 * The same findings, each with the place that has to be mended as far as it can be found. A finding is worth more than its
 * place: where an app can't be traced, because it nests too deep or the limits are reached, it is reported without.
 */
export function locateFindings(
  environment: Environment,
  diagnostics: readonly Diagnostic[],
  limits: Limits,
): Diagnostic[] {
  const { start, check } = meter(limits);
  start();
  const apps = new Map<string, TracedApp | null>();
  const tracedApp = (app: string): TracedApp | null => {
    let known = apps.get(app);
    if (known === undefined) apps.set(app, (known = orElse(null, () => traceApp(environment, app, check))));
    return known;
  };
  return diagnostics.map((finding) => {
    if (finding.line !== undefined) return withFrame(environment.root, finding);
    const app = finding.app === undefined ? null : tracedApp(finding.app);
    const document = app === null ? undefined : documentOf(finding, app);
    if (app === null || document === undefined) return finding;
    return orElse(finding, () => app.within(() => placed(finding, document)));
  });
}

function orElse<T>(fallback: T, attempt: () => T): T {
  try {
    return attempt();
  } catch {
    return fallback;
  }
}

/** What the pointer of a finding points into: its manifest, or all that an app returns. */
function documentOf({ manifest, pointer }: Diagnostic, { root, manifests }: TracedApp): Traced | undefined {
  if (manifest === undefined) return pointer === undefined ? undefined : root;
  return manifests.find(({ ref }) => isSame(ref, manifest))?.traced;
}

function placed(finding: Diagnostic, document: Traced): Diagnostic {
  const tokens = pointerSegments(finding.pointer ?? '');
  const path = follow(document, tokens);
  const target = path.at(-1)!;
  const { traced } = target;
  const [setter] = settersOf(target);
  const isLeaf = typeof traced.value !== 'object' || traced.value === null;
  // A value that is written down where it is set is shown with its field; one from elsewhere has to be mended there.
  const maker = makerOf(traced.origin);
  const site = isLeaf && !isInside(maker, setter) ? maker : setter;
  const related: RelatedPlace[] = [];
  if (site !== setter) related.push({ message: `set as ${pathOf(document, tokens)}`, ...placeOf(setter) });
  const [own] = layersOf(document);
  if (own !== undefined && !isInside(site, own) && !isInside(setter, own)) {
    related.push({ message: 'in the manifest', ...placeOf(own) });
  }
  const isHidden =
    isAboutSecret(finding.rule) || (finding.manifest !== undefined && hidesCode(finding.manifest, traced.value));
  return {
    ...finding,
    ...placeOf(site),
    ...(!isHidden && { frame: frameOf(site) }),
    ...(related.length > 0 && { related }),
  };
}

function pathOf(document: Traced, tokens: readonly string[]): string {
  return fieldPath(dataOf(document), tokens);
}

function frameOf({ unit, start, end }: Site): string {
  return codeFrame(unit.source, start, end);
}
