// The one way to the server over HTTP.

/** An answer that is an error: RFC 9457, or status 0 where no answer came. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** Seconds after which to try again, where the server said so. */
    readonly retryAfter: number,
    /** All members of the problem document. */
    readonly members: Record<string, unknown>,
  ) {
    super(detail);
  }
}

/** Sends a request with the session's cookie and gives the answer's JSON; throws Problem. */
export async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = { method, headers: { accept: "application/json, application/problem+json" } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, "content-type": "application/json" };
  }
  const answer = await fetch(path, init).catch(() => null);
  if (!answer) throw new Problem(0, "unreachable", "The server cannot be reached. Look at your connection, and try again.", 0, {});
  if (!answer.ok) throw await problem(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function problem(answer: Response) {
  const members = await answer.json().catch(() => ({}));
  const detail = faults(members.errors) || members.detail || members.title || `The server answered ${answer.status}.`;
  return new Problem(answer.status, members.code ?? "", detail, Number(answer.headers.get("retry-after")) || 0, members);
}

/** What is wrong with each member of a request, which says more than that one is wrong; empty where none is named. */
const faults = (errors: { detail: string }[] = []) =>
  errors.map(({ detail }) => `${detail[0].toUpperCase()}${detail.slice(1).replace(/\.$/, "")}.`).join(" ");

/** What went wrong, as a sentence for people. */
export const messageOf = (err: unknown) => (err instanceof Problem ? err.message : "Something went wrong on this page.");
