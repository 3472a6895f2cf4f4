// Keeps the promises every page makes: valid links, labelled fields, nothing that a strict CSP forbids, readable colours.
// Run with `node --test`.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildDemo } from './build.mjs';

const out = mkdtempSync(join(tmpdir(), 'demo-'));
after(() => rmSync(out, { recursive: true }));
const written = buildDemo(out);
const pages = written.filter((path) => path.endsWith('.html'));
const text = (path) => readFileSync(join(out, path), 'utf8');
const all = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1]);

test('every page that is promised is built', () => {
  const names = ['pricing', 'compare', 'customers', 'docs', 'careers', 'newsletter', 'guide', 'signup', 'book-a-demo', 'quick-demo', 'thanks'];
  for (const path of ['index.html', ...names.map((name) => `${name}/index.html`)]) assert.ok(pages.includes(path), path);
});

for (const page of pages) {
  const html = text(page);
  test(`${page} keeps to a strict CSP`, () => {
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:|https?:\/\//);
    assert.deepEqual(all(html, /(<script[^>]*>)/g), ['<script src="/assay.js" data-site="demo" data-consent="not-required" async>']);
  });
  test(`${page} has one main heading, unique ids and no left-over placeholder`, () => {
    assert.equal(all(html, /(<h1)/g).length, 1);
    assert.doesNotMatch(html, /\{\{|<!-- part/);
    const ids = all(html, /\sid="([^"]+)"/g);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const list of all(html, /aria-(?:labelledby|describedby)="([^"]+)"/g)) {
      for (const id of list.split(' ')) assert.ok(ids.includes(id), id);
    }
  });
  test(`${page} links only to what exists`, () => {
    const screens = ['/demo/live', '/feed'];
    for (const href of all(html, /<(?:a|link) [^>]*href="([^"]+)"/g)) {
      if (href.startsWith('mailto:') || screens.includes(href)) continue;
      const [path, id] = href.split('#');
      const file = path === '' ? page : path.replace('/demo/', '').replace(/(^|\/)$/, '$1index.html');
      assert.ok(written.includes(file), href);
      if (id) assert.match(text(file), new RegExp(`id="${id}"`));
    }
  });
  test(`${page} has forms that post, and a label for each field`, () => {
    for (const form of all(html, /(<form[^>]*>)/g)) {
      assert.match(form, /method="post" action="\/demo\/thanks\/" data-assay-form="[\w-]+" data-assay-kind="\w+"/);
    }
    for (const field of all(html, /(<(?:input|select|textarea)[^>]*>)/g)) {
      const id = /id="([^"]+)"/.exec(field)?.[1];
      assert.match(html, new RegExp(`<label for="${id}"`), field);
    }
  });
}

test('text has a contrast of 4.5, and field borders and focus of 3, in both schemes', () => {
  const css = text('site.css');
  const [light, dark] = css.split('prefers-color-scheme: dark').map((part) => part.slice(0, part.indexOf('/* Ground')));
  const tokens = (part) => Object.fromEntries([...part.matchAll(/--([\w-]+): (#\w{6})/g)].map((match) => [match[1], match[2]]));
  for (const scheme of [tokens(light), { ...tokens(light), ...tokens(dark) }]) {
    const readable = (floor, front, backs) => {
      for (const back of backs) {
        const got = contrast(scheme[front], scheme[back]);
        assert.ok(got >= floor, `${front} on ${back}: ${got.toFixed(2)}`);
      }
    };
    const grounds = ['paper', 'surface', 'sunk', 'fern-tint', 'mark-tint'];
    for (const front of ['ink', 'ink-soft', 'fern']) readable(4.5, front, grounds);
    for (const front of ['on-deep', 'on-deep-soft', 'mark']) readable(4.5, front, ['deep']);
    readable(4.5, 'on-fern', ['fern']);
    readable(4.5, 'on-mark', ['mark']);
    for (const front of ['field-line', 'focus']) readable(3, front, ['paper', 'surface']);
    readable(3, 'focus-deep', ['deep']);
  }
});

/** WCAG 2 contrast ratio of two #rrggbb colours. */
function contrast(a, b) {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
