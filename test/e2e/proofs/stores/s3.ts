// Requests to an S3 server, signed as AWS describes it ("Signature Version 4"): as much as a proof asks for.
import { createHash, createHmac } from 'node:crypto';

export interface Keys {
  accessKey: string;
  secretKey: string;
}

export interface S3Server {
  /** `http://host:port`; buckets are the first part of a path. */
  url: string;
  region: string;
}

export interface S3Answer {
  status: number;
  text: string;
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Sends a request. `keys` undefined: nobody signs it. `path`: `/<bucket>/<key>` of letters, digits, `-`, `.`, `/`. */
export async function s3(
  { url, region }: S3Server,
  keys: Keys | undefined,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body = '',
): Promise<S3Answer> {
  const headers = keys === undefined ? {} : signature({ url, region }, keys, method, path, sha256(body));
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(method === 'PUT' && { body }),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: answer.status, text: await answer.text() };
}

function signature(
  { url, region }: S3Server,
  { accessKey, secretKey }: Keys,
  method: string,
  path: string,
  contentHash: string,
): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const signed = 'host;x-amz-content-sha256;x-amz-date';
  const { host } = new URL(url);
  const request = [
    method,
    path,
    '',
    `host:${host}`,
    `x-amz-content-sha256:${contentHash}`,
    `x-amz-date:${time}`,
    '',
    signed,
    contentHash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretKey}`);
  const proof = hmac(key, toSign).toString('hex');
  return {
    'x-amz-content-sha256': contentHash,
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signed}, Signature=${proof}`,
  };
}
