import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file that a browser loads, read once. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
  /** As in the header ETag. */
  readonly tag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** @returns [path, file] of what a page is made of in a folder, as it lies there: `/page/...` */
export async function pageFilesIn(folder: string): Promise<(readonly [path: string, file: string])[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => TYPES[extname(name)] !== undefined)
    .map((name) => [`/page/${name}`, join(folder, name)]);
}

export async function readPageFile(file: string): Promise<PageFile> {
  const bytes = await readFile(file);
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[extname(file)]!, bytes, gzipped: gzipSync(bytes), tag };
}

export function sendPageFile({ headers }: FastifyRequest, reply: FastifyReply, file: PageFile) {
  reply.headers({ 'cache-control': 'no-cache', etag: file.tag, vary: 'accept-encoding' });
  if (headers['if-none-match'] === file.tag) return reply.code(304).send();
  reply.type(file.type);
  const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  return takesGzip ? reply.header('content-encoding', 'gzip').send(file.gzipped) : reply.send(file.bytes);
}
