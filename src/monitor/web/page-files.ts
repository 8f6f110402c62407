import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
  /** As in the header ETag. */
  readonly tag: string;
}

const FOLDER = join(import.meta.dirname, '../page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** All that a browser ever loads from us but data, by its path; read once. Nothing comes from elsewhere. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const charts = dirname(createRequire(import.meta.url).resolve('uplot'));
  const own = (await readdir(FOLDER)).filter((name) => TYPES[extname(name)] !== undefined);
  const files = [
    ...own.map((name) => [`/page/${name}`, join(FOLDER, name)] as const),
    ['/page/uplot/uPlot.js', join(charts, 'uPlot.esm.js')] as const,
    ['/page/uplot/uPlot.css', join(charts, 'uPlot.min.css')] as const,
  ];
  return new Map(await Promise.all(files.map(async ([path, file]) => [path, await read(file)] as const)));
}

/** The scripts that stand in a page itself, as a content-security policy allows them. */
export function inlineScripts(html: string): string[] {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return scripts.map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`);
}

async function read(file: string): Promise<PageFile> {
  const bytes = await readFile(file);
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[extname(file)]!, bytes, gzipped: gzipSync(bytes), tag };
}
