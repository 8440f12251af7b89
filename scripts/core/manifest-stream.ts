import { emitYaml } from './emit-yaml.ts';
import type { Format, RenderedApp } from './render-apps.ts';

/**
 * All manifests as one text that `kubectl apply -f -` and `validate --manifests -` read: YAML documents, each app under a
 * comment with its name, or one JSON `List`.
 */
export function manifestStream(
  environments: readonly { env: string; rendered?: RenderedApp[] }[],
  format: Format,
): string {
  if (format === 'json') {
    const items = environments.flatMap(({ rendered = [] }) => rendered.flatMap(({ manifests }) => manifests));
    return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
  }
  return environments
    .flatMap(({ env, rendered = [] }) =>
      rendered.flatMap(({ app, manifests }) =>
        manifests.map((manifest) => `---\n# ${env}/${app}\n${emitYaml(manifest)}`),
      ),
    )
    .join('');
}
