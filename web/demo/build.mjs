// Assembles the demo site: every fragment in pages/ is put into layout.html.
// Nothing but node:fs, so that it runs before anything is installed.
import { cpSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
/** @type {(path: string) => string} */
const read = (path) => readFileSync(new URL(path, here), 'utf8');

/** Files that are served as they are, by their path in this folder. */
const files = ['site.css', 'logo.svg', 'docs/items-template.csv'];

/**
 * Builds the whole site into a folder (created where missing), as it is served under /demo/.
 * Throws where a fragment lacks its title or description, or names a part that does not exist.
 * @param {string} outDir folder that becomes /demo/
 * @returns {string[]} the paths written, relative to it
 */
export function buildDemo(outDir) {
  const layout = read('layout.html');
  const written = fragments().map((name) => {
    const folder = name === 'index' ? '' : `${name}/`;
    return write(outDir, `${folder}index.html`, page(layout, folder, read(`pages/${name}.html`)));
  });
  for (const file of files) {
    mkdirSync(folderOf(`${outDir}/${file}`), { recursive: true });
    cpSync(new URL(file, here), `${outDir}/${file}`);
    written.push(file);
  }
  return written;
}

/** Names of the fragments, without their ending: "index", "pricing", "guide/six-numbers". */
function fragments() {
  return readdirSync(new URL('pages/', here), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html'))
    .map((path) => path.slice(0, -'.html'.length))
    .sort();
}

/**
 * One finished page: the layout with the fragment's head data, the current link marked, and the body.
 * @type {(layout: string, folder: string, fragment: string) => string}
 */
function page(layout, folder, fragment) {
  const { data, body } = parse(folder, fragment);
  return layout
    .replaceAll(`<a href="/demo/${folder}"`, `<a aria-current="page" href="/demo/${folder}"`)
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name) => {
      if (name === 'main') return include(body).trim();
      if (!data[name]) throw new Error(`demo page /${folder} has no ${name}`);
      return data[name];
    });
}

/**
 * Splits a fragment into the "name: value" lines of its leading comment and the rest.
 * @param {string} folder
 * @param {string} fragment
 */
function parse(folder, fragment) {
  const match = /^<!--\n([\s\S]*?)\n-->\n/.exec(fragment);
  if (!match) throw new Error(`demo page /${folder} does not begin with a comment of its data`);
  /** @type {Record<string, string>} */
  const data = {};
  for (const line of match[1].split('\n')) {
    const at = line.indexOf(':');
    data[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return { data, body: fragment.slice(match[0].length) };
}

/**
 * Replaces each "<!-- part NAME -->" by parts/NAME.html.
 * @param {string} body
 */
function include(body) {
  return body.replaceAll(/<!-- part ([\w-]+) -->/g, (_, name) => read(`parts/${name}.html`).trim());
}

/** @type {(outDir: string, path: string, text: string) => string} */
function write(outDir, path, text) {
  mkdirSync(folderOf(`${outDir}/${path}`), { recursive: true });
  writeFileSync(`${outDir}/${path}`, text);
  return path;
}

/** @type {(path: string) => string} */
const folderOf = (path) => path.slice(0, path.lastIndexOf('/'));

// `node build.mjs OUT` builds the demo site alone.
if (process.argv[2] && realpathSync(process.argv[1]) === realpathSync(new URL(import.meta.url))) {
  for (const path of buildDemo(process.argv[2])) console.log(path);
}
