/** What the Go source of the API server's OpenAPI says of one property, beyond the published specification. */
export interface PropertyFacts {
  /** Values that the API server accepts, of the property or of the items of a list. */
  enum?: string[];
  /** Default that is not the zero value. */
  default?: string;
}

/** Facts by definition in Go's spelling (see {@link goName}), then by property. */
export type GeneratedFacts = ReadonlyMap<string, ReadonlyMap<string, PropertyFacts>>;

/**
 * Reads enums and string defaults from `pkg/generated/openapi/zz_generated.openapi.go`, which kube-openapi wrote from the
 * `+enum` and `+default` markers in types.go. A running API server publishes exactly these; the specification that is
 * checked in beside it was dumped with enums switched off.
 */
export function readGeneratedOpenApi(source: string): GeneratedFacts {
  const definitions = new Map<string, Map<string, PropertyFacts>>();
  for (const body of source.split(/^func schema_/m).slice(1)) {
    const properties = new Map<string, PropertyFacts>();
    // gofmt fixes the indentation: the properties of a definition stand five tabs deep.
    for (const [, name, text] of body.matchAll(/^\t{5}"([^"]+)": \{\n([^]*?)^\t{5}\},/gm)) {
      const facts = readFacts(text as string);
      if (facts) properties.set(name as string, facts);
    }
    if (properties.size > 0) definitions.set(body.slice(0, body.indexOf('(')), properties);
  }
  return definitions;
}

function readFacts(text: string): PropertyFacts | undefined {
  const values = /^\t+Enum:\s+\[\]interface\{\}\{(.*)\},$/m.exec(text)?.[1];
  const value = /^\t{7}Default:\s+"(.+)",$/m.exec(text)?.[1];
  if (values === undefined && value === undefined) return undefined;
  const facts: PropertyFacts = {};
  if (values !== undefined) facts.enum = JSON.parse(`[${values}]`) as string[];
  if (value !== undefined) facts.default = value;
  return facts;
}

/** `io.k8s.api.core.v1.Container` as the generated Go functions are called: `k8sio_api_core_v1_Container`. */
export function goName(definition: string): string {
  const parts = definition.split('.');
  return parts[2] === 'api' ? ['k8sio', ...parts.slice(2)].join('_') : parts.slice(parts.indexOf('pkg')).join('_');
}
