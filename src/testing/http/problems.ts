/** A response as sent. An empty `body` means no body. */
export interface SandboxResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const KINDS = {
  400: { title: "Invalid request parameters", fragment: "invalid-request" },
  401: { title: "Authentication required", fragment: "authentication-required" },
  404: { title: "Resource not found", fragment: "resource-not-found" },
  405: { title: "Method not allowed", fragment: "method-not-allowed" },
  409: { title: "Resource conflict", fragment: "resource-conflict" },
  422: { title: "Unprocessable Entity", fragment: "unprocessable-entity" },
  429: { title: "Rate limit exceeded", fragment: "rate-limit-exceeded" },
};

/** Handlers throw this to reject a request. */
export class Rejection extends Error {
  readonly status: keyof typeof KINDS;
  readonly headers: Record<string, string>;

  constructor(status: keyof typeof KINDS, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

export const badRequest = (detail: string): Rejection => new Rejection(400, detail);

export const unprocessable = (detail: string): Rejection => new Rejection(422, detail);

export const notFound = (id: string): Rejection =>
  new Rejection(404, `The requested resource with ID '${id}' was not found.`);

export const conflict = (): Rejection =>
  new Rejection(409, "A resource with the given identifier already exists.");

/** Makes the response to a rejected request: a problem document (RFC 9457). */
export function problem({ status, message, headers }: Rejection, path: string): SandboxResponse {
  const { title, fragment } = KINDS[status];
  const document = {
    type: `https://arize.com/docs/ax/rest-reference/errors#${fragment}`,
    title,
    status,
    detail: message,
    instance: uriReference(path),
  };
  return {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(document),
  };
}

export const json = (status: number, value: unknown): SandboxResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

export const noContent = (): SandboxResponse => ({ status: 204, headers: {}, body: "" });

/** Escapes all characters of a path that a URI does not allow (RFC 3986, 3.3), including a stray `%`. */
const uriReference = (path: string): string =>
  path.replace(/%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]/gi, encodeURIComponent);
