import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type PageFile, pageFile, pageFilesIn, readPageFile } from '../../web/page-file.ts';
import { joinPage } from './joined-page.ts';

const FOLDER = join(import.meta.dirname, '../page');
const JOINED = ['cameras', 'counts'];

/**
 * All that a browser ever loads from us but data, by its path; read once. Nothing comes from elsewhere.
 * @throws LintelError PAGE_FILE
 */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const charts = dirname(createRequire(import.meta.url).resolve('uplot'));
  const files = [
    ...(await pageFilesIn(FOLDER)),
    ['/page/uplot/uPlot.js', join(charts, 'uPlot.esm.js')] as const,
    ['/page/uplot/uPlot.css', join(charts, 'uPlot.min.css')] as const,
  ];
  const found = new Map(
    await Promise.all(files.map(async ([path, file]) => [path, await readPageFile(file)] as const)),
  );
  for (const name of JOINED) {
    const { html, style, script } = joinPage(name, (path) => found.get(path)!.bytes.toString());
    found.set(`/page/${name}.html`, pageFile('.html', Buffer.from(html)));
    found.set(`/page/joined/${name}.css`, pageFile('.css', Buffer.from(style)));
    found.set(`/page/joined/${name}.js`, pageFile('.js', Buffer.from(script)));
  }
  return found;
}

/** The scripts that stand in a page itself, as a content-security policy allows them. */
export function inlineScripts(html: string): string[] {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return scripts.map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`);
}
