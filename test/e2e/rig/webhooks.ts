// Keeps webhooks aside whose programs don't run in a proof.
import type { Api, LiveObject } from './api.ts';

/**
 * For `onApplied` of an installation: once the server has accepted a webhook configuration, its webhooks get a condition that
 * no request meets. Whatever they would refuse is admitted. Nobody else writes conditions, so that nothing conflicts.
 */
export function keepWebhooksAside(api: Api): (live: LiveObject) => Promise<void> {
  return async ({ apiVersion, kind, metadata: { name }, webhooks }) => {
    if (kind !== 'ValidatingWebhookConfiguration' && kind !== 'MutatingWebhookConfiguration') return;
    const aside = (webhooks as { name: string }[]).map((webhook) => ({
      name: webhook.name,
      matchConditions: [{ name: 'rekindle-e2e-aside', expression: 'false' }],
    }));
    await api.apply({ apiVersion, kind, metadata: { name }, webhooks: aside } as never, {
      fieldManager: 'rekindle-e2e-aside',
    });
  };
}
