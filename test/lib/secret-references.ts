// Which Secrets rendered manifests read, and which they have made.

export interface SecretReference {
  /** `<namespace>/<name>`. */
  secret: string;
  /** Undefined where the whole Secret is read. */
  key?: string;
  /** `<Kind>/<name>` of the manifest. */
  from: string;
}

/** Kinds without a namespace read Secrets of the namespace of cert-manager: ClusterIssuers do. */
const namespaceOf = (manifest: any): string => manifest.metadata.namespace ?? 'cert-manager';

/** Every reference to a Secret, at any depth. */
export function* secretReferences(manifests: readonly any[]): Generator<SecretReference> {
  for (const manifest of manifests) {
    // A Certificate writes its Secret.
    if (manifest.kind === 'Certificate' || manifest.kind === 'CustomResourceDefinition') continue;
    const from = `${manifest.kind}/${manifest.metadata.name}`;
    for (const { name, key } of within(manifest)) {
      // Contour may name the Secret of another namespace.
      yield { secret: name.includes('/') ? name : `${namespaceOf(manifest)}/${name}`, ...(key && { key }), from };
    }
  }
}

/** The Secrets that manifests are, or that cert-manager makes of them. */
export function secretsMadeBy(manifests: readonly any[]): Set<string> {
  const names = manifests.map((manifest) => {
    if (manifest.kind === 'Secret') return manifest.metadata.name;
    return manifest.kind === 'Certificate' ? manifest.spec.secretName : undefined;
  });
  return new Set(
    names.flatMap((name, index) => (name === undefined ? [] : `${namespaceOf(manifests[index])}/${name}`)),
  );
}

function* within(value: any): Generator<{ name: string; key?: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, item] of Object.entries<any>(value)) {
    if (field === 'imagePullSecrets') yield* item;
    // cert-manager writes the keys of its accounts itself.
    else if (field === 'privateKeySecretRef') continue;
    // Of a set of runners of GitHub Actions.
    else if (field === 'githubConfigSecret' && typeof item === 'string') yield { name: item };
    else if (field === 'secretName' && typeof item === 'string') {
      const keys: string[] = (value.items ?? []).map(({ key }: any) => key);
      if (keys.length === 0) yield { name: item };
      for (const key of keys) yield { name: item, key };
    } else if (/^(secretKeyRef|secretRef|.*SecretRef)$/.test(field) && item?.name) {
      yield { name: item.name, key: item.key };
    } else yield* within(item);
  }
}
