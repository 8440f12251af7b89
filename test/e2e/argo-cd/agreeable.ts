// In place of programs that are not to be had: it admits whatever the API server asks about, and as an aggregated API it is
// there and knows of nothing.
import { serve } from './served.ts';

serve((url, body) => {
  const review = body as { apiVersion: string; kind: string; request?: { uid: string } } | undefined;
  if (review?.request !== undefined) {
    const { apiVersion, kind, request } = review;
    return { apiVersion, kind, response: { uid: request.uid, allowed: true } };
  }
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: url.replace(/^\/apis\//, ''), resources: [] };
});
