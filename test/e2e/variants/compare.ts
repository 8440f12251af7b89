// Puts every variant before both: the offline checks and the API server.
import { checkEnvironment, loadCheckers } from '../../../scripts/core/check.ts';
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import type { RenderedApp } from '../../../scripts/core/render-apps.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import { ApiError, type Api } from '../rig/api.ts';
import { repositoryRoot } from '../rig/rendered.ts';
import { customResourceVariants } from './custom-resources.ts';
import { objectVariants } from './objects.ts';
import { podVariants } from './pods.ts';
import { takenVariants } from './taken.ts';
import { makeVariant, type MadeVariant } from './variant.ts';

export interface Verdict {
  /** Kind and name of the variant. */
  name: string;
  /** Why the server refuses it; empty when it takes it. */
  server: string;
  /** Why validate does. */
  offline: string;
}

export interface Comparison {
  verdicts: Verdict[];
  /** Variants for which the environment renders no manifest. */
  absent: string[];
}

export async function compareVerdicts({
  api,
  environment,
  apps,
}: {
  api: Api;
  environment: string;
  apps: readonly RenderedApp[];
}): Promise<Comparison> {
  const { major, minor } = await api.request<{ major: string; minor: string }>('GET', '/version');
  const offline = offlineVerdict(environment, apps, `${major}.${minor}`);
  const verdicts: Verdict[] = [];
  const absent: string[] = [];
  const all = [...podVariants, ...customResourceVariants, ...takenVariants, ...objectVariants];
  // Last, for a definition that the offline checks have seen is the one that they know from then on.
  const definitions = all.filter(({ kind }) => kind === 'CustomResourceDefinition');
  for (const one of [...all.filter((other) => !definitions.includes(other)), ...definitions]) {
    const name = `${one.kind}: ${one.name}`;
    const made = makeVariant(one, apps);
    if (made === undefined) absent.push(name);
    else verdicts.push({ name, server: await serverVerdict(api, made), offline: offline(made) });
  }
  return { verdicts, absent };
}

/** As if it were new: an update is refused for other reasons as well. Whatever is refused because it exists has passed. */
async function serverVerdict(api: Api, { manifest }: MadeVariant): Promise<string> {
  try {
    await api.create(manifest, { dryRun: true });
    return '';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.reason === 'AlreadyExists' ? '' : error.message;
  }
}

/** What `validate` says of a variant, knowing the kinds that its environment defines. */
function offlineVerdict(name: string, apps: readonly RenderedApp[], kubernetes: string): (made: MadeVariant) => string {
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(repositoryRoot)), [name]);
  const checkers = loadCheckers([kubernetes], { root: repositoryRoot });
  const errors = (checked: readonly RenderedApp[], listed?: null): string =>
    checkEnvironment(environment!, checked, { checkers, ...(listed === null && { listed }) })
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, message }) => `${rule}: ${message}`)
      .join('\n');
  const untouched = errors(apps);
  if (untouched !== '') throw new Error(`the environment as it is has findings already:\n${untouched}`);
  // Alone, since all others are without findings: a hundred times faster than the environment once more.
  return ({ app, manifest }) => errors([{ app, manifests: [manifest] }], null);
}
