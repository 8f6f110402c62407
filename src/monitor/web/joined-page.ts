import { posix } from 'node:path';
import { LintelError } from '../../lintel-error.ts';

const STYLE = /^ *<link rel="stylesheet" href="([^"]+)" \/>\n/gm;
const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/;
const IMPORT = /^import (\w+|\{\s*\w+(?:,\s*\w+)*,?\s*\}) from '([^']+)';\n/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const|class) (\w+))/gm;

/** A page with one style and one script, and these two. */
export interface JoinedPage {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

/**
 * Joins the styles and the modules that a page names, in the order in which a browser would take them: each file costs a first view
 * several milliseconds, however small it is. Modules stay as they are written, each in a function of its own that gives what it
 * exports. Modules by a bare name stay imports.
 * @param name of the page, as in `/page/name.html`
 * @param textOf the text of a file by its path
 * @throws LintelError PAGE_FILE for a form of import or export that the pages do not use
 */
export function joinPage(name: string, textOf: (path: string) => string): JoinedPage {
  const html = textOf(`/page/${name}.html`);
  const styles = [...html.matchAll(STYLE)].map(([, path]) => textOf(path!));
  const entry = SCRIPT.exec(html)![1]!;
  const joinedStyle = `    <link rel="stylesheet" href="/page/joined/${name}.css" />\n`;
  let stylesLeft = styles.length;
  return {
    html: html
      .replace(STYLE, () => (--stylesLeft === 0 ? joinedStyle : ''))
      .replace(entry, `/page/joined/${name}.js`),
    style: styles.join('\n'),
    script: joinModules(entry, textOf),
  };
}

function joinModules(entry: string, textOf: (path: string) => string): string {
  const places = new Map<string, string>();
  const outside = new Set<string>();
  const joined: string[] = [];
  const add = (path: string): string => {
    const known = places.get(path);
    if (known !== undefined) return known;
    const exported: string[] = [];
    const text = textOf(path)
      .replace(IMPORT, (whole, names: string, from: string) => {
        if (from.startsWith('./') && names.startsWith('{'))
          return `const ${names} = ${add(posix.join(posix.dirname(path), from))};\n`;
        if (from.startsWith('.')) throw unknownForm(path, whole);
        outside.add(whole);
        return '';
      })
      .replace(EXPORT, (_, what: string) => {
        exported.push(what);
        return '';
      });
    const left = /^(?:import|export)\b.*/m.exec(text);
    if (left) throw unknownForm(path, left[0]);
    const place = `module${places.size}`;
    places.set(path, place);
    joined.push(`// ${path}\nconst ${place} = (() => {\n${text}return { ${exported.join(', ')} };\n})();\n`);
    return place;
  };
  add(entry);
  return [...outside, ...joined].join('');
}

function unknownForm(path: string, line: string): LintelError {
  return new LintelError(
    'PAGE_FILE',
    `${path} cannot be joined: write '${line.trim()}' as import { name } from './file.js', or export function, const or class`,
  );
}
