// Trackers that others publish, to be weighed and timed beside the page's script.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installed } from "../installed.mjs";

/** @typedef {{name: string, version: string, file: string, tag: (src: string) => string}} Tracker the file that a page loads, and how, with all that it sends kept on the page's own origin */

/** A script, and what the page says to it once it is there. @type {(src: string, says?: string) => string} */
const script = (src, says = "") => `<script src="${src}" async onload='${says}'></script>`;

/** What pages say to a script before it is there. @type {(src: string, says: string) => string} */
const queued = (src, says) => `<script>${says}</script>${script(src)}`;

/**
 * The file that each tracker's own documentation has a page load, set up to count a page as that says. Snowplow's tag is built from
 * @snowplow/browser-tracker; PostHog, Segment and Mixpanel load more once they run, which is not there to be had.
 * @type {Record<string, {file: string, tag: Tracker["tag"]}>}
 */
const PUBLISHED = {
  "@plausible-analytics/tracker": {
    file: "plausible.js",
    tag: (src) => `<script type="module">import { init } from "${src}"; init({ domain: "demo.test", endpoint: "/sent/plausible", captureOnLocalhost: true });</script>`,
  },
  "@snowplow/browser-tracker": {
    file: "dist/index.umd.min.js",
    tag: (src) => script(src, `snowplowBrowserTracking.newTracker("demo", location.origin, { appId: "demo", postPath: "/sent/snowplow" }); snowplowBrowserTracking.trackPageView();`),
  },
  "@segment/analytics-next": {
    file: "dist/umd/standalone.js",
    tag: (src) => queued(src, `analytics = Object.assign([["page"]], { _writeKey: "demo", _cdn: location.origin });`),
  },
  "mixpanel-browser": {
    file: "dist/mixpanel.min.js",
    tag: (src) =>
      queued(src, `mixpanel = Object.assign([], { __SV: 1.2, _i: [["demo", { api_host: "/sent", track_pageview: true, batch_requests: false }, "mixpanel"]] });`),
  },
  "posthog-js": {
    file: "dist/array.js",
    tag: (src) => script(src, `posthog.init("demo", { api_host: location.origin + "/sent", request_batching: false, opt_out_useragent_filter: true });`),
  },
};

/** All of them; installs them on first use. @returns {Tracker[]} */
export function trackers() {
  const packages = installed(new URL("./peers/", import.meta.url));
  return Object.entries(PUBLISHED).map(([name, { file, tag }]) => {
    const { version } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
    return { name, version, file: join(packages, name, file), tag };
  });
}
