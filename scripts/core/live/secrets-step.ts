// The Secrets of an environment as a step of its installation: sealed in Git, opened in memory, applied.
import type { Environment, Diagnostic } from '../types.ts';
import type { RunProgram } from '../program.ts';
import type { RenderedApp } from '../render-apps.ts';
import { applySecrets } from '../secrets/apply.ts';
import { checkSecrets } from '../secrets/check.ts';
import { declaredSecrets, type DeclaredSecret } from '../secrets/declared.ts';
import { readSecretsFile } from '../secrets/file.ts';
import { open } from '../secrets/sops.ts';
import type { Step } from './install.ts';
import type { Kubectl } from './kubectl.ts';

/** What an environment lacks of its Secrets; none where it has them from a store. */
export async function missingSecrets(environment: Environment): Promise<Diagnostic[]> {
  const declared = await keptInGit(environment);
  if ('diagnostics' in declared) return declared.diagnostics;
  if (declared.secrets.length === 0) return [];
  const found = checkSecrets(environment.name, declared.secrets, readSecretsFile(environment));
  return found.filter(({ severity }) => severity === 'error');
}

/** Applies them. */
export function secretsStep(
  environment: Environment,
  apps: readonly RenderedApp[],
  { kubectl, run }: { kubectl: Kubectl; run: RunProgram },
): Step {
  return {
    name: 'secrets',
    run: async () => {
      const declared = await keptInGit(environment);
      if ('diagnostics' in declared || declared.secrets.length === 0) return;
      const namespaces = apps.flatMap(({ manifests }) => manifests).filter(({ kind }) => kind === 'Namespace');
      const values = await open(run, readSecretsFile(environment));
      await applySecrets({ kubectl, env: environment.name, declared: declared.secrets, values, namespaces });
    },
  };
}

/** The Secrets whose values lie in Git, sealed. */
async function keptInGit(
  environment: Environment,
): Promise<{ secrets: DeclaredSecret[] } | { diagnostics: Diagnostic[] }> {
  const declared = await declaredSecrets(environment);
  if ('diagnostics' in declared) return declared;
  return { secrets: declared.secrets.filter(({ store }) => store === undefined) };
}
