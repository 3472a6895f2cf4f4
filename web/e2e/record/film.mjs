// A film made of stills, each with the time that it stands: the same steps give the same film on any machine.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** @typedef {import("playwright-core").Page} Page */

/** Instants of an animation, in milliseconds, at which a still is taken, and how long each stands. */
const INSTANTS = [40, 110, 190, 280];
const STEP = 60;

/** Runs first in the page: what moves waits to be moved by `glide`. */
export function holdAnimations() {
  const scope = /** @type {any} */ (window);
  scope.held = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...how) {
    const animation = animate.apply(this, how);
    animation.pause();
    scope.held.push(animation);
    return animation;
  };
}

/**
 * @param {Page} page whose animations are held
 */
export async function film(page) {
  const folder = await mkdtemp(join(tmpdir(), "assay-film-"));
  /** @type {{file: string, ms: number}[]} */
  const stills = [];

  /** Takes a still that stands for some milliseconds. */
  async function still(/** @type {number} */ ms) {
    const file = join(folder, `${stills.length}.png`);
    await page.screenshot({ path: file });
    stills.push({ file, ms });
  }

  /** Shows all that moves as it moves; what came to rest then stands for some milliseconds. */
  async function glide(/** @type {number} */ ms) {
    /** @type {(to: number) => Promise<number>} */
    const move = (to) =>
      page.evaluate((to) => {
        for (const animation of /** @type {any} */ (window).held) animation.currentTime = to;
        return /** @type {any} */ (window).held.length;
      }, to);
    for (const instant of INSTANTS) if (await move(instant)) await still(STEP);
    await page.evaluate(() => {
      for (const animation of /** @type {any} */ (window).held.splice(0)) animation.finish();
    });
    await still(ms);
  }

  /** Writes the film, and gives its length in milliseconds. */
  async function write(/** @type {string} */ path, /** @type {number} */ width) {
    const list = stills.map(({ file, ms }) => `file '${file}'\nduration ${ms / 1000}`);
    await writeFile(join(folder, "list"), list.join("\n"));
    const colours = "split[a][b];[a]palettegen=max_colors=160[p];[b][p]paletteuse=dither=none:diff_mode=rectangle";
    await promisify(execFile)("ffmpeg", [
      "-y", "-loglevel", "error", "-f", "concat", "-safe", "0", "-i", join(folder, "list"),
      "-vf", `scale=${width}:-1:flags=lanczos,${colours}`, "-fps_mode", "vfr", path,
    ]);
    await rm(folder, { recursive: true });
    return stills.reduce((sum, { ms }) => sum + ms, 0);
  }

  return { still, glide, write };
}
