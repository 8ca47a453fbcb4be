import { type Core, createCore } from "../../src/core/core.ts";
import type { ClientEvent } from "../../src/core/events.ts";
import type { Scope } from "../../src/core/scope.ts";
import { type ArizeClientOptions, type RequestOptions, readOptions } from "../../src/options.ts";
import { listOrganizations } from "../../src/organizations/list.ts";
import { addOrganizationUser, removeOrganizationUser } from "../../src/organizations/members.ts";
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  updateOrganization,
} from "../../src/organizations/operations.ts";
import { createUser } from "../../src/users/create.ts";
import { listUsers } from "../../src/users/list.ts";
import {
  deleteUser,
  getUser,
  resendInvitation,
  resetPassword,
  updateUser,
} from "../../src/users/operations.ts";
import type { CreateUserParams } from "../../src/users/types.ts";
import { wireMembership, wireOrganization, wireOrganizationPage } from "../helpers/organizations.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

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
  answers(status, { title: "Busy" }, { "retry-after": retryAfter });

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
  readonly call: (core: Core, options?: RequestOptions) => PromiseLike<unknown>;
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
    (core, options) => listOrganizations(core, {}, options),
  ],
  [
    "get an organization",
    "read",
    answers(200, wireOrganization({ id: "o1" })),
    (core, options) => getOrganization(core, o1, options),
  ],
  [
    "create an organization",
    "once",
    answers(201, wireOrganization()),
    (core, options) => createOrganization(core, { name: "Data Ops" }, options),
  ],
  [
    "update an organization",
    "repeatable",
    answers(200, wireOrganization({ id: "o1" })),
    (core, options) => updateOrganization(core, { ...o1, name: "Data" }, options),
  ],
  [
    "delete an organization",
    "repeatable",
    answers(204),
    (core, options) => deleteOrganization(core, o1, options),
  ],
  [
    "add a member",
    "repeatable",
    answers(200, wireMembership({ organization_id: "o1" })),
    (core, options) =>
      addOrganizationUser(core, { ...o1, ...u1, role: { type: "predefined", name: "member" } }, options),
  ],
  [
    "remove a member",
    "repeatable",
    answers(204),
    (core, options) => removeOrganizationUser(core, { ...o1, ...u1 }, options),
  ],
];

/** Every operation in each of its ways, with design section 6's word on repeating it. */
export const operations: readonly Operation[] = [
  operation("list", "read", answers(200, wirePage([wireUser()])), (core, options) =>
    listUsers(core, {}, options),
  ),
  operation("get", "read", answers(200, wireUser({ id: "u1" })), (core, options) =>
    getUser(core, u1, options),
  ),
  operation("create", "repeatable", answers(201, wireCreated("email_link")), (core, options) =>
    createUser(core, NEW_USER, options),
  ),
  operation(
    "create with a password",
    "once",
    answers(201, wireCreated("temporary_password")),
    (core, options) => createUser(core, WITH_PASSWORD, options),
  ),
  operation("update", "repeatable", answers(200, wireUser({ id: "u1" })), (core, options) =>
    updateUser(core, { ...u1, name: "Ada King" }, options),
  ),
  operation("delete", "repeatable", answers(204), (core, options) => deleteUser(core, u1, options)),
  operation("resend", "once", answers(204), (core, options) => resendInvitation(core, u1, options)),
  operation("reset", "once", answers(204), (core, options) => resetPassword(core, u1, options)),
  ...ofOrganizations.map((row) => operation(...row)),
];

export interface Stage {
  readonly core: Core;
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
  random: () => number = () => 0.5,
): Stage {
  const clock = new VirtualClock();
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
  const settings = readOptions({
    apiKey: "secret-key",
    baseUrl: "https://api.test",
    wireCase: "lower",
    prereleaseWarnings: false,
    onEvent: (event) => events.push(event),
    ...options,
    fetch,
  });
  return { core: createCore(settings, clock, random), clock, sent, events };
}

/** The scope of a call without limits, for the parts that take one. */
export const openScopeOf = (fields: Partial<Scope> = {}): Scope => ({
  signal: undefined,
  timeoutMs: 30_000,
  deadlineMs: Number.POSITIVE_INFINITY,
  deadlineAt: Number.POSITIVE_INFINITY,
  maxRetries: 3,
  maxRetryAfterMs: 60_000,
  headers: {},
  ...fields,
});
