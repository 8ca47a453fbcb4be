/** A request that went through Prism, and what came back. */
export interface Exchange {
  /** `GET /v2/users`, without the query. */
  request: string;
  status: number;
  contentType: string | null;
  /** What Prism holds against the request or the answer; null where that is nothing. */
  violations: string | null;
  /** Null where no server behind Prism has answered. */
  requestId: string | null;
}

/** A client that fails at once where a server asks it to wait, but has time for a Prism on a busy machine. */
export const IMPATIENT = { maxRetryAfterMs: 1, timeoutMs: 300_000 };

/** The global fetch, with every exchange written down in the order of the answers. */
export const recordingFetch =
  (exchanges: Exchange[]): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    // Prism closes a connection after 5 idle seconds, perhaps just when it is used again.
    request.headers.set("connection", "close");
    const response = await fetch(request);
    exchanges.push({
      request: `${request.method} ${new URL(request.url).pathname}`,
      status: response.status,
      contentType: response.headers.get("content-type"),
      violations: response.headers.get("sl-violations"),
      requestId: response.headers.get("x-request-id"),
    });
    return response;
  };
