import { describe, expect, it } from 'vitest';
import { joinPage } from './joined-page.ts';

const HTML = `<head>
    <link rel="stylesheet" href="/page/first.css" />
    <link rel="stylesheet" href="/page/second.css" />
    <script type="module" src="/page/place.js"></script>
</head>`;

function joined(modules: Record<string, string>) {
  const files: Record<string, string> = {
    'place.html': HTML,
    'first.css': 'p { color: red; }',
    'second.css': 'p { color: blue; }',
    ...modules,
  };
  return joinPage('place', (path) => files[path.replace('/page/', '')]!);
}

async function run(script: string): Promise<unknown> {
  const told: { what?: unknown } = {};
  await new Function('told', `return (async () => {\n${script}\n})()`)(told);
  return told.what;
}

describe('a joined page', () => {
  it('names one style and one script, with the styles in their order', () => {
    const { html, style } = joined({ 'place.js': '' });
    expect(html).toBe(`<head>
    <link rel="stylesheet" href="/page/joined/place.css" />
    <script type="module" src="/page/joined/place.js"></script>
</head>`);
    expect(style).toBe('p { color: red; }\np { color: blue; }');
  });

  it('runs each module once, before those that need it, whatever else has the same name', async () => {
    const { script } = joined({
      'place.js':
        "import { twice } from './twice.js';\nimport { one } from './one.js';\ntold.what = [one, twice(4), made];\n",
      'twice.js':
        "import {\n  one,\n  two,\n} from './one.js';\nconst made = 'hidden';\nexport async function unused() {}\nexport function twice(it) {\n  return two * one * it;\n}\n",
      'one.js':
        'globalThis.made = (globalThis.made ?? 0) + 1;\nexport const one = 1;\nexport const two = 2;\n',
    });
    expect(await run(script)).toEqual([1, 8, 1]);
  });

  it('leaves what comes from a package as an import, once and first', () => {
    const { script } = joined({
      'place.js': "import uPlot from 'uplot';\nimport { other } from './other.js';\nother(uPlot);\n",
      'other.js': "import uPlot from 'uplot';\nexport function other() {}\n",
    });
    expect(script.match(/^import .*$/gm)).toEqual(["import uPlot from 'uplot';"]);
    expect(script).toMatch(/^import/);
  });

  it.each([
    "import { one as other } from './one.js';",
    "import one from './one.js';",
    "import './one.js';",
    'export let one = 1;',
    'export default 1;',
    "export { one } from './one.js';",
  ])('is refused rather than changed when it holds %s', (line) => {
    const modules = { 'place.js': `${line}\n`, 'one.js': 'export const one = 1;\n' };
    expect(() => joined(modules)).toThrow(line.slice(0, 12));
  });
});
