// What test/fixtures/why holds: `why` asked of real environments. `npm run goldens` writes the answers anew.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoverEnvironments, selectEnvironments } from '../scripts/core/discover.ts';
import { openRepository } from '../scripts/core/root.ts';
import { answerWhy } from '../scripts/core/why/answer.ts';
import { parseSelector } from '../scripts/core/why/selector.ts';
import { whyText } from '../scripts/report/why-text.ts';

const root = join(import.meta.dirname, '..');

export const whyFolder = join(import.meta.dirname, 'fixtures', 'why');

/** By the name of the golden: environment and selector. */
export const whyCases: Record<string, [env: string, selector: string]> = {
  'replicas-by-profile': ['production', 'Deployment/cert-manager-webhook#/spec/replicas'],
  'replicas-small': ['home', 'Deployment/cert-manager-webhook#/spec/replicas'],
  'image-of-versions': ['home', 'Deployment/external-dns#/spec/template/spec/containers/0/image'],
  'setting-of-environment': ['home', 'ConfigMap/argocd-cm#/data/url'],
  'rendered-text': ['home', 'ConfigMap/contour#/data/contour.yaml'],
  'crd-from-json': ['home', 'CustomResourceDefinition/dnsendpoints.externaldns.k8s.io#/spec/names/kind'],
  'application-path': ['home', 'Application/contour#/spec/source/path'],
  'whole-manifest': ['home', 'Deployment/metrics-server'],
  labels: ['production', 'NetworkPolicy/argocd-server#/metadata/labels'],
};

export async function whyAnswer(env: string, selector: string): Promise<string> {
  const [environment] = selectEnvironments(discoverEnvironments(openRepository(root)), [env]);
  const result = await answerWhy(environment!, parseSelector(selector), { app: undefined });
  if ('diagnostics' in result) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return whyText(result.answer, false);
}

export async function writeWhyGoldens(): Promise<number> {
  mkdirSync(whyFolder, { recursive: true });
  for (const [name, [env, selector]] of Object.entries(whyCases)) {
    writeFileSync(join(whyFolder, `${name}.txt`), await whyAnswer(env, selector));
  }
  return Object.keys(whyCases).length;
}
