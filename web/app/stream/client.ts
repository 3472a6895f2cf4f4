// Keeps one socket to the alert stream open, and resumes where it broke.
import type { FeedEntry, Hello } from "../api/types";

/** Where the connection stands; `retryAt` is in the browser's milliseconds. */
export type Connection =
  | { step: "connecting" }
  | { step: "live" }
  | { step: "waiting"; retryAt: number }
  | { step: "offline"; retryAt: number }
  | { step: "refused" };

/** What the stream needs and tells. */
export interface StreamHost {
  /**
   * The cursor to resume after, asked before every attempt; `doubt` when the last one ended before its hello.
   * Undefined: nobody is signed in any more. A rejection counts as a failed attempt.
   */
  resumeAfter(doubt: boolean): Promise<number | undefined>;
  hello(hello: Hello): void;
  entry(entry: FeedEntry): void;
  /** All up to a cursor was told, or hidden by the person's filter. */
  reached(cursor: number): void;
  connection(connection: Connection): void;
  /** The session ended: somebody has to sign in again. */
  signedOut(): void;
}

const PROTOCOL = "assay.v1";
const SIGN_IN_AGAIN = 4001;
const NOT_ALLOWED = 4003;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 20_000;
/** The server pings every 25 s. Silence for longer is a dead network, though no socket says so (a laptop that slept). */
const SILENCE = 60_000;

/** Opens the stream and keeps it open until the returned function is called. */
export function openStream(host: StreamHost): () => void {
  let socket: WebSocket | undefined;
  let timer = 0;
  let watchdog = 0;
  let failures = 0;
  let attempts = 0;
  let greeted = true;
  let asking = false;
  let stopped = false;

  async function connect() {
    const attempt = ++attempts;
    clearTimeout(timer);
    host.connection({ step: "connecting" });
    asking = true;
    watch(); // a question without an answer is silence, too
    const after = await host.resumeAfter(!greeted).catch(() => null);
    if (stopped || attempt !== attempts) return;
    asking = false;
    if (after === null) return retry();
    if (after === undefined) return host.signedOut();
    greeted = false;
    socket = new WebSocket(address(after), PROTOCOL);
    socket.onmessage = (event) => receive(JSON.parse(event.data));
    socket.onclose = (event) => closed(event.code);
    watch();
  }

  function receive(message: Hello | FeedEntry | { type: "ping" | "presence" | "result"; cursor: number }) {
    watch();
    if (message.type === "hello") {
      greeted = true;
      failures = 0;
      host.hello(message);
      host.connection({ step: "live" });
    } else if (message.type === "alert" || message.type === "lead") host.entry(message);
    host.reached(message.cursor);
  }

  function closed(code: number) {
    socket = undefined;
    clearTimeout(watchdog);
    if (stopped) return;
    if (code === SIGN_IN_AGAIN) host.signedOut();
    else if (code === NOT_ALLOWED) host.connection({ step: "refused" });
    else retry();
  }

  /** Waits longer each time, by a random half: a restarted server is not met by everybody at once. */
  function retry() {
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures++);
    const delay = longest * (0.5 + Math.random() / 2);
    host.connection({ step: navigator.onLine ? "waiting" : "offline", retryAt: Date.now() + delay });
    clearTimeout(timer);
    timer = window.setTimeout(connect, delay);
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = window.setTimeout(drop, SILENCE);
  }

  /** Gives a socket, or a question, up without waiting for its end, which a dead network never brings. */
  function drop() {
    if (socket) {
      socket.onclose = socket.onmessage = null;
      socket.close();
    } else if (asking) {
      asking = false;
      attempts++; // its answer comes too late
    } else return;
    closed(0);
  }

  /** The network is back: no reason to wait any longer. */
  function online() {
    failures = 0;
    if (!socket) connect();
  }

  addEventListener("online", online);
  addEventListener("offline", drop);
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    removeEventListener("online", online);
    removeEventListener("offline", drop);
    drop();
  };
}

function address(after: number) {
  const url = new URL(`/v1/alerts/stream?after=${after}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
}
