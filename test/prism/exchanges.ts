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

/** The global fetch, with every exchange written down in the order of the answers. */
export const recordingFetch =
  (exchanges: Exchange[]): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
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
