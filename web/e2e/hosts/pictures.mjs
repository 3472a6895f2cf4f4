// Pictures of a page, and what two of them differ by.

/** @typedef {import("playwright-core").Page} Page */

/** Has the browser paint one page the same way each time, as far as it can: whole, and on one thread. */
export const PAINTING = [
  "--disable-partial-raster", "--num-raster-threads=1", "--disable-checker-imaging", "--disable-low-res-tiling",
  "--disable-threaded-animation", "--disable-threaded-scrolling",
];

/**
 * Of 255, in one channel of one pixel: what two visits to the same page without any tag may differ by at the edges of
 * rounded corners. One visit in some ten does, by 1; nobody sees it.
 */
export const NOISE = 2;

/** Shots until one equals the last: images and fonts come late, and scripts move things. */
const SHOTS = 20;

/** Runs first in each page: nothing fades or slides, since where it is caught would differ from one visit to the next. */
export function stand() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; caret-color: transparent !important }");
  document.adoptedStyleSheets = [sheet];
}

/**
 * Runs in the page once it is there: has all of it drawn anew. In 14 of 173 visits to soft-ui without any tag, a
 * label was a pixel higher in the picture though no box was: where something stands at half pixels, how its layer came
 * to be seems to decide, and stays. A filter on all has the layers made anew, and every odd one was as usual then.
 */
async function drawAnew() {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":root { filter: blur(0) !important }");
  document.adoptedStyleSheets.push(sheet);
  await drawn();
  document.adoptedStyleSheets.pop();
  await drawn();
}

/**
 * A PNG of the page once it stands still.
 * @param {Page} page
 * @param {boolean} fullPage or what is in view
 */
export async function picture(page, fullPage) {
  await page.evaluate(drawAnew);
  /** @type {Buffer | undefined} */
  let last;
  for (let i = 0; i < SHOTS; i++) {
    const shot = await page.screenshot({ fullPage });
    if (last?.equals(shot)) return shot;
    last = shot;
  }
  throw new Error(`the page moves on and on: ${page.url()}`);
}

/**
 * The greatest difference of two pictures in any channel of any pixel: 0 to 255, or Infinity where their sizes differ.
 * @param {Page} page any, to read them with
 * @param {Buffer} one
 * @param {Buffer} other
 * @returns {Promise<number>}
 */
export async function difference(page, one, other) {
  if (one.equals(other)) return 0;
  return page.evaluate(async (pictures) => {
    const [a, b] = await Promise.all(
      pictures.map(async (picture) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const canvas = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(image.width, image.height).getContext("2d"));
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height);
      }),
    );
    if (a.width !== b.width || a.height !== b.height) return Infinity;
    return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0);
  }, [one.toString("base64"), other.toString("base64")]);
}
