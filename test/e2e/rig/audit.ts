import { existsSync, readFileSync } from 'node:fs';

/** A call that the API server refused for want of a right. */
export interface ForbiddenCall {
  user: string;
  verb: string;
  uri: string;
  message: string;
}

interface AuditEvent {
  user: { username: string };
  verb: string;
  requestURI: string;
  responseStatus?: { code: number; message?: string };
}

/** Every call that an audit log says was forbidden, in their order. */
export function forbiddenCalls(auditLog: string): ForbiddenCall[] {
  if (!existsSync(auditLog)) return [];
  return (
    readFileSync(auditLog, 'utf8')
      .split('\n')
      // The last line may still be being written.
      .filter((line) => line.endsWith('}') && line.includes('"code":403'))
      .map((line) => JSON.parse(line) as AuditEvent)
      .filter(({ responseStatus }) => responseStatus?.code === 403)
      .map(({ user, verb, requestURI, responseStatus }) => ({
        user: user.username,
        verb,
        uri: requestURI,
        message: responseStatus?.message ?? '',
      }))
  );
}
