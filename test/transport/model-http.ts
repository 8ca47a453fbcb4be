/** A request, with the call that it belongs to. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly call: string;
}

export interface ModelAnswer {
  readonly status: number;
  readonly body?: unknown;
}
