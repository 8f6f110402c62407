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

/** The colours and letters that all pages have, held against the contrast that people need by the pages' tests. */
const COLOURS = ['/page/colours.css', join(import.meta.dirname, 'colours.css')] as const;

/** @returns [path, file] of what a page is made of: what lies in its folder, and the colours of all pages */
export async function pageFilesIn(folder: string): Promise<(readonly [path: string, file: string])[]> {
  const names = await readdir(folder);
  const own = names.filter((name) => TYPES[extname(name)] !== undefined);
  return [COLOURS, ...own.map((name) => [`/page/${name}`, join(folder, name)] as const)];
}

export async function readPageFile(file: string): Promise<PageFile> {
  return pageFile(extname(file), await readFile(file));
}

/** @param ending such as '.css' */
export function pageFile(ending: string, bytes: Buffer): PageFile {
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[ending]!, bytes, gzipped: gzipSync(bytes), tag };
}

export function sendPageFile({ headers }: FastifyRequest, reply: FastifyReply, file: PageFile) {
  reply.headers({ 'cache-control': 'no-cache', etag: file.tag, vary: 'accept-encoding' });
  if (headers['if-none-match'] === file.tag) return reply.code(304).send();
  reply.type(file.type);
  const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  return takesGzip ? reply.header('content-encoding', 'gzip').send(file.gzipped) : reply.send(file.bytes);
}
