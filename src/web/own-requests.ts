import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OwnNames } from './own-name.ts';

const HEADERS = {
  'content-security-policy': contentPolicy([]),
  'x-content-type-options': 'nosniff',
  // With less, browsers hide from us too which page a form was sent by.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
} as const;

/** Nothing from elsewhere, and no script or style inside a page but those named. @param scripts hashes of inline scripts */
export function contentPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * What every request passes first, whatever it asks for: it is refused unless it calls us by our name, and, if it may change
 * something, comes from our page.
 * @throws RefusedRequest
 */
export function checkOwn(request: FastifyRequest, reply: FastifyReply, names: OwnNames): void {
  reply.headers(HEADERS);
  if (!names.has(request.host)) {
    throw new RefusedRequest(421, names.help);
  }
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!isReading && !names.isOrigin(request.headers.origin, request.host)) {
    throw new RefusedRequest(403, 'this can only be sent by the page itself');
  }
}

/** Tells a browser what was wrong with its request. */
export class RefusedRequest extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}
