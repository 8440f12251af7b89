// What Argo CD's repo-server makes of the Applications that an environment renders, against what the toolchain makes of them.
import type { RenderedApp } from '../../../scripts/core/render-apps.ts';
import { builtBinary } from '../rig/tools.ts';
import { run } from '../rig/run.ts';

/** One app as Argo CD asks its repo-server for it. */
interface Asked {
  root: string;
  revision: string;
  app: string;
  source: unknown;
}

/** One app as the repo-server answers: every manifest as the text that reaches the controller. */
interface Answer {
  app: string;
  manifests: string[] | null;
  error?: string;
}

/** One app in which the two are not the same, and where. */
export interface Difference {
  app: string;
  what: string;
}

export interface Parity {
  /** Apps and manifests that were compared. */
  apps: number;
  manifests: number;
  differences: Difference[];
}

interface Application {
  kind: string;
  metadata: { name: string };
  spec: { source: { targetRevision: string } };
}

/**
 * Renders every Application of an environment by Argo CD's own code, from the checkout `root`, and compares the canonical
 * JSON of each manifest with what the toolchain rendered, in order. The Applications are those among the manifests: the
 * root in the app of Argo CD, its children in the app `applications`.
 */
export async function compareRenderings(root: string, apps: readonly RenderedApp[]): Promise<Parity> {
  const applications = apps
    .flatMap(({ manifests }) => manifests as unknown as Application[])
    .filter(({ kind }) => kind === 'Application');
  const asked = applications.map(({ metadata, spec: { source } }): Asked => {
    // The toolchain renders the children at the branch; so the root must not name its commit, as it does in the cluster.
    return { root, revision: source.targetRevision, app: metadata.name, source };
  });
  const answers = JSON.parse(
    await run(builtBinary('argo-cd-manifests'), [], { input: JSON.stringify(asked), seconds: 300 }),
  ) as Answer[];
  const ours = new Map(apps.map(({ app, manifests }) => [app, manifests.map(canonical)]));
  const differences = answers.flatMap((answer) => differencesOf(answer, ours.get(answer.app)));
  const rendered = new Set(answers.map(({ app }) => app));
  for (const app of ours.keys()) {
    if (!rendered.has(app)) differences.push({ app, what: 'no Application renders it' });
  }
  return { apps: answers.length, manifests: answers.flatMap(({ manifests }) => manifests ?? []).length, differences };
}

function differencesOf({ app, manifests, error }: Answer, ours: string[] | undefined): Difference[] {
  const differ = (what: string): Difference[] => [{ app, what }];
  if (error !== undefined) return differ(error);
  if (ours === undefined) return differ('the toolchain does not list it');
  const theirs = (manifests ?? []).map((text) => canonical(JSON.parse(text)));
  if (theirs.length !== ours.length) return differ(`${theirs.length} manifests, the toolchain has ${ours.length}`);
  return theirs.flatMap((text, index) =>
    text === ours[index] ? [] : differ(`${text}\nthe toolchain: ${ours[index]}`),
  );
}

/** JSON with the keys of every object in order and nothing between the tokens. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
