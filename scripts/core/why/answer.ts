// Finds the manifest that `why` is asked about, and explains it.
import { UsageError } from '../errors.ts';
import type { EvaluateOptions } from '../evaluation.ts';
import { folderOf } from '../graph.ts';
import { renderApps } from '../render-apps.ts';
import { didYouMean } from '../suggest.ts';
import type { Diagnostic, Environment, Manifest, ManifestRef } from '../types.ts';
import { isSame, traceApp } from './app.ts';
import { explain, type Explanation } from './explain.ts';
import { select, selectorOf, type Selector } from './selector.ts';

export interface Answer extends Explanation {
  env: string;
  app: string;
  /** As it is selected: `Deployment/contour.projectcontour`. */
  manifest: string;
  pointer: string;
  /** The folder of the environment, relative to the repository: what is set in there is its own word. */
  folder: string;
}

export interface WhyOptions extends EvaluateOptions {
  /** Only this app. */
  app: string | undefined;
}

/**
 * The answer, or why the environment has none. Evaluates the environment first, within the limits and from the cache: what
 * is traced afterwards is known to end.
 */
export async function answerWhy(
  environment: Environment,
  selector: Selector,
  { app, ...options }: WhyOptions,
): Promise<{ answer: Answer } | { diagnostics: Diagnostic[] }> {
  const { apps, listed, diagnostics } = await renderApps(environment, {
    ...options,
    apps: app === undefined ? undefined : [app],
  });
  if (app !== undefined && listed !== null && !listed.includes(app)) {
    throw new UsageError(`unknown app "${app}": ${didYouMean(app, listed)}`);
  }
  const candidates = apps.flatMap(({ app: name, manifests }) =>
    manifests.map((manifest) => ({ app: name, ref: refOf(manifest) })),
  );
  // What failed may be what is asked for.
  const isFailed = diagnostics.some(({ severity }) => severity === 'error');
  const isFound = candidates.some(({ ref }) => ref.kind === selector.kind && ref.name === selector.name);
  if (isFailed && !isFound) return { diagnostics };
  const chosen = select(candidates, selector);
  const { manifests, within } = traceApp(environment, chosen.app);
  const traced = manifests.find(({ ref }) => isSame(ref, chosen.ref))!;
  const explanation = within(() => explain(traced, selector.pointer));
  const answer: Answer = {
    env: environment.name,
    app: chosen.app,
    manifest: selectorOf(chosen.ref),
    pointer: selector.pointer,
    folder: folderOf(environment),
    ...explanation,
  };
  return { answer };
}

function refOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): ManifestRef {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
