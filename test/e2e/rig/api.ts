// A small client of the Kubernetes API: what the proofs ask of it, and no more.
import { Agent, request as httpsRequest } from 'node:https';
import {
  ApiError,
  type ApiAccess,
  type ApplyOptions,
  type ListOptions,
  type LiveObject,
  type ObjectRef,
  type RequestOptions,
  type WaitOptions,
} from './api-types.ts';
import { waitUntil } from './wait.ts';

export { ApiError, waitUntil };
export type { ApiAccess, ApplyOptions, LiveObject, ObjectRef };

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

export class Api {
  readonly #agent: Agent;
  readonly #resources = new Map<string, Map<string, Resource>>();

  constructor(readonly access: ApiAccess) {
    const { ca, certificate: cert, key } = access;
    this.#agent = new Agent({
      keepAlive: true,
      ca,
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  }

  /** The same server as somebody else. */
  as(token: string): Api {
    const { server, ca } = this.access;
    return new Api({ server, ca, token });
  }

  /** Sends a request and returns the answer's text. A status from 400 on is an ApiError. */
  text(
    method: string,
    path: string,
    { query = {}, body, contentType = 'application/json', seconds = 30 }: RequestOptions = {},
  ): Promise<string> {
    const url = new URL(path, this.access.server);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const headers: Record<string, string> = { accept: 'application/json', 'content-type': contentType };
    if (this.access.token !== undefined) headers.authorization = `Bearer ${this.access.token}`;
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    // Node says it by itself for every method but DELETE.
    if (content !== undefined) headers['content-length'] = `${Buffer.byteLength(content)}`;
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(
        url,
        { method, agent: this.#agent, headers, signal: AbortSignal.timeout(seconds * 1000) },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const status = answer.statusCode ?? 0;
            if (status >= 400) reject(refusal(status, text, `${method} ${url.pathname}`));
            else resolve(text);
          });
        },
      );
      sent.on('error', (error) => reject(new Error(`${method} ${url.href}: ${error.message}`, { cause: error })));
      sent.end(content);
    });
  }

  /** As `text`, parsed. */
  async request<T = LiveObject>(method: string, path: string, options?: RequestOptions): Promise<T> {
    return JSON.parse(await this.text(method, path, options)) as T;
  }

  /** The path of an object, or of its collection when it has no name. */
  async pathOf({
    apiVersion,
    kind,
    metadata,
  }: {
    apiVersion: string;
    kind: string;
    metadata: { name?: string; namespace?: string };
  }): Promise<string> {
    const { name: plural, namespaced } = await this.#resource(apiVersion, kind);
    const namespace = namespaced && metadata.namespace !== undefined ? `/namespaces/${metadata.namespace}` : '';
    const name = metadata.name === undefined ? '' : `/${encodeURIComponent(metadata.name)}`;
    return `${groupPath(apiVersion)}${namespace}/${plural}${name}`;
  }

  /** The object, or undefined. */
  async find(ref: ObjectRef): Promise<LiveObject | undefined> {
    try {
      return await this.get(ref);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async get(ref: ObjectRef): Promise<LiveObject> {
    return this.request('GET', await this.pathOf(ref));
  }

  async list(
    apiVersion: string,
    kind: string,
    { namespace, labelSelector, fieldSelector }: ListOptions = {},
  ): Promise<LiveObject[]> {
    const path = await this.pathOf({ apiVersion, kind, metadata: { ...(namespace !== undefined && { namespace }) } });
    const { items } = await this.request<{ items: LiveObject[] | null }>('GET', path, {
      query: { labelSelector, fieldSelector },
    });
    // Items of a list come without what the list says for all of them.
    return (items ?? []).map((item) => ({ ...item, apiVersion, kind }));
  }

  /** Server-side apply with strict field validation, as Argo CD does with ServerSideApply=true but stricter. */
  async apply(
    manifest: ObjectRef,
    { fieldManager = 'rekindle-e2e', force = false, dryRun = false }: ApplyOptions = {},
  ): Promise<LiveObject> {
    return this.request('PATCH', await this.pathOf(manifest), {
      query: { fieldManager, force: `${force}`, fieldValidation: 'Strict', ...(dryRun && { dryRun: 'All' }) },
      // JSON is YAML.
      contentType: 'application/apply-patch+yaml',
      body: manifest,
    });
  }

  async create(manifest: ObjectRef, { dryRun = false }: { dryRun?: boolean } = {}): Promise<LiveObject> {
    const { name: _, ...metadata } = manifest.metadata;
    return this.request('POST', await this.pathOf({ ...manifest, metadata }), {
      query: { fieldValidation: 'Strict', ...(dryRun && { dryRun: 'All' }) },
      body: manifest,
    });
  }

  /** A merge patch (RFC 7386) of an object or of a part of it, such as `status`. */
  async patch(ref: ObjectRef, patch: unknown, { subresource }: { subresource?: string } = {}): Promise<LiveObject> {
    const path = await this.pathOf(ref);
    return this.request('PATCH', subresource === undefined ? path : `${path}/${subresource}`, {
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Deletes an object; one that isn't there is no error. */
  async delete(
    ref: ObjectRef,
    { propagationPolicy = 'Background' }: { propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' } = {},
  ): Promise<void> {
    try {
      await this.request('DELETE', await this.pathOf(ref), { query: { propagationPolicy } });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }

  /** Waits until an object is as it should be, and returns it. `undefined` is asked about as well: it isn't there. */
  async waitFor(
    ref: ObjectRef,
    check: (object: LiveObject | undefined) => boolean,
    { seconds = 60, what }: WaitOptions = {},
  ): Promise<LiveObject | undefined> {
    const { namespace, name: own } = ref.metadata;
    const name = `${ref.kind} ${namespace === undefined ? '' : `${namespace}/`}${own}`;
    let last: LiveObject | undefined;
    await waitUntil(
      async () => {
        last = await this.find(ref);
        return check(last);
      },
      {
        seconds,
        what: what ?? name,
        state: () =>
          last === undefined
            ? `${name} is not there`
            : `${name} has status ${JSON.stringify(last.status ?? {}).slice(0, 2000)}`,
      },
    );
    return last;
  }

  /** A token for a ServiceAccount, as the kubelet gets it for a pod. */
  async tokenFor(
    account: { namespace: string; serviceAccount: string },
    audiences?: readonly string[],
  ): Promise<string> {
    const path = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.serviceAccount}/token`;
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 7200, ...(audiences && { audiences }) },
    };
    const { status } = await this.request<{ status: { token: string } }>('POST', path, { body });
    return status.token;
  }

  async #resource(apiVersion: string, kind: string): Promise<Resource> {
    let known = this.#resources.get(apiVersion)?.get(kind);
    if (known !== undefined) return known;
    const { resources } = await this.request<{ resources: Resource[] }>('GET', groupPath(apiVersion));
    const byKind = new Map(
      resources.filter(({ name }) => !name.includes('/')).map((resource) => [resource.kind, resource]),
    );
    this.#resources.set(apiVersion, byKind);
    known = byKind.get(kind);
    if (known === undefined) throw new ApiError(404, 'NotFound', `the server has no ${kind} of ${apiVersion}`);
    return known;
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function refusal(status: number, text: string, what: string): ApiError {
  try {
    const { reason = '', message = text } = JSON.parse(text) as { reason?: string; message?: string };
    return new ApiError(status, reason, message);
  } catch {
    return new ApiError(status, '', `${what}: ${status} ${text.slice(0, 500)}`);
  }
}
