/** What the server should answer. A body of `undefined` is none at all. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}
