// The server's clock for the modules that are loaded on demand; the script's own is `serverTime` in `visit.ts`.
import type { Visit } from "./state";

/** The server's clock in Unix seconds with their fraction, as a visit knows it; without one, the browser's. */
export const serverNow = (visit?: Visit) => (visit ? visit.started + (Date.now() - visit.zero) / 1000 : Date.now() / 1000);
