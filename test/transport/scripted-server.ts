import type {
  ArizeClient,
  ArizeClientOptions,
  ClientEvent,
  CreateUserParams,
  RequestOptions,
} from "ax-users";
import { wireMembership, wireOrganization, wireOrganizationPage } from "../helpers/organizations.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import type { VirtualClock } from "../helpers/virtual-clock.ts";

/** A request as `fetch` was given it. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** On the virtual clock. */
  readonly at: number;
}

/** What becomes of one request. */
export type Step = (sent: Sent, signal: AbortSignal) => Response | Promise<Response>;

/** An answer of this status; without a body where none is given. */
export const answers =
  (status: number, body?: unknown, headers: Record<string, string> = {}): Step =>
  () =>
    new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: {
        ...(status >= 400 && body !== undefined && { "content-type": "application/problem+json" }),
        ...headers,
      },
    });

/** The answer of an overloaded server. */
export const asksToWait = (status: number, retryAfter: string): Step =>
  answers(status, { title: "Busy", status }, { "retry-after": retryAfter });

/** What Node's fetch rejects with when a system call fails. */
export const fetchFailure = (code: string, syscall = "read"): TypeError =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(`${syscall} ${code}`), { code, syscall }) });

export const breaksOff =
  (code: string, syscall?: string): Step =>
  () =>
    Promise.reject(fetchFailure(code, syscall));

/** Never answers; ends when it is given up. */
export const stalls: Step = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/** Headers, and a body that does not come. */
export const stallsInBody: Step = (_, signal) =>
  new Response(
    new ReadableStream({
      start: (stream) => signal.addEventListener("abort", () => stream.error(signal.reason)),
    }),
  );

export const NEW_USER: CreateUserParams = {
  name: "Grace Hopper",
  email: "grace@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
};

const WITH_PASSWORD: CreateUserParams = { ...NEW_USER, inviteMode: "temporary_password" };

const wireCreated = (mode: string) => ({
  ...wireUser({ email: "grace@example.com", status: "invited" }),
  invite_mode: mode,
  ...(mode === "temporary_password" && { temporary_password: "one-time" }),
});

export interface Operation {
  readonly name: string;
  readonly reads: boolean;
  /** Whether it is sent again where nobody knows if it was carried out. */
  readonly repeatable: boolean;
  readonly call: (client: ArizeClient, options?: RequestOptions) => PromiseLike<unknown>;
  readonly success: Step;
}

const operation = (
  name: string,
  kind: "read" | "repeatable" | "once",
  success: Step,
  call: Operation["call"],
): Operation => ({ name, reads: kind === "read", repeatable: kind !== "once", success, call });

const u1 = { userId: "u1" };
const o1 = { organizationId: "o1" };
const ofOrganizations: [string, "read" | "repeatable" | "once", Step, Operation["call"]][] = [
  [
    "list organizations",
    "read",
    answers(200, wireOrganizationPage([wireOrganization()])),
    (client, options) => client.organizations.list({}, options),
  ],
  [
    "get an organization",
    "read",
    answers(200, wireOrganization({ id: "o1" })),
    (client, options) => client.organizations.get(o1, options),
  ],
  [
    "create an organization",
    "once",
    answers(201, wireOrganization()),
    (client, options) => client.organizations.create({ name: "Data Ops" }, options),
  ],
  [
    "update an organization",
    "repeatable",
    answers(200, wireOrganization({ id: "o1" })),
    (client, options) => client.organizations.update({ ...o1, name: "Data" }, options),
  ],
  [
    "delete an organization",
    "repeatable",
    answers(204),
    (client, options) => client.organizations.delete(o1, options),
  ],
  [
    "add a member",
    "repeatable",
    answers(200, wireMembership({ organization_id: "o1" })),
    (client, options) =>
      client.organizations.addUser({ ...o1, ...u1, role: { type: "predefined", name: "member" } }, options),
  ],
  [
    "remove a member",
    "repeatable",
    answers(204),
    (client, options) => client.organizations.removeUser({ ...o1, ...u1 }, options),
  ],
];

/** Every operation in each of its ways, with design section 6's word on repeating it. */
export const operations: readonly Operation[] = [
  operation("list", "read", answers(200, wirePage([wireUser()])), (client, options) =>
    client.users.list({}, options),
  ),
  operation("get", "read", answers(200, wireUser({ id: "u1" })), (client, options) =>
    client.users.get(u1, options),
  ),
  operation("create", "repeatable", answers(201, wireCreated("email_link")), (client, options) =>
    client.users.create(NEW_USER, options),
  ),
  operation(
    "create with a password",
    "once",
    answers(201, wireCreated("temporary_password")),
    (client, options) => client.users.create(WITH_PASSWORD, options),
  ),
  operation("update", "repeatable", answers(200, wireUser({ id: "u1" })), (client, options) =>
    client.users.update({ ...u1, name: "Ada King" }, options),
  ),
  operation("delete", "repeatable", answers(204), (client, options) => client.users.delete(u1, options)),
  operation("resend", "once", answers(204), (client, options) => client.users.resendInvitation(u1, options)),
  operation("reset", "once", answers(204), (client, options) => client.users.resetPassword(u1, options)),
  ...ofOrganizations.map((row) => operation(...row)),
];

export interface Stage {
  readonly client: ArizeClient;
  readonly clock: VirtualClock;
  readonly sent: Sent[];
  readonly events: ClientEvent[];
}

/**
 * A client on a virtual clock, whose requests meet one step after the other, the last one for ever. The request that
 * confirms a first 404 meets a page of users instead, and is not counted.
 */
export function stage(
  steps: readonly [Step, ...Step[]],
  options: ArizeClientOptions = {},
  random?: () => number,
): Stage {
  const sent: Sent[] = [];
  const events: ClientEvent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = String(input);
    const { method = "", headers, body, signal } = init;
    if (url.endsWith("/v2/users?limit=1")) return Response.json(wirePage([]));
    const one = {
      method,
      path: new URL(url).pathname,
      url,
      headers: new Headers(headers),
      body: typeof body === "string" ? body : undefined,
      at: clock.now(),
    };
    const step = steps[Math.min(sent.length, steps.length - 1)] ?? steps[0];
    sent.push(one);
    return step(one, signal ?? new AbortController().signal);
  };
  const { client, clock } = virtualClient(
    { enumCase: "lower", onEvent: (event) => events.push(event), ...options, fetch },
    random,
  );
  return { client, clock, sent, events };
}
