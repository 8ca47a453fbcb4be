import { type Sandbox, type SandboxOptions, startSandbox } from "ax-users/testing";
import { onTestFinished } from "vitest";

export interface WireUser {
  id: string;
  name: string;
  email: string;
  created_at: string;
  status: string;
  role: { type: string; name?: string; id?: string };
  is_developer: boolean;
  invite_mode?: string;
  temporary_password?: string;
}

export interface WirePage {
  users: WireUser[];
  pagination: { has_more: boolean; next_cursor?: string };
}

export interface WireOrganization {
  id: string;
  name: string;
  description: string;
  created_at: string;
}

export interface WireOrganizationPage {
  organizations: WireOrganization[];
  pagination: { has_more: boolean; next_cursor?: string };
}

export interface WireMembership {
  id: string;
  user_id: string;
  organization_id: string;
  role: { type: string; name?: string; id?: string };
}

export interface WireProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
}

export interface Reply<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A sandbox that closes itself when the test is over. */
export async function open(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A request with the key. A string is sent as it is, anything else as JSON; an empty answer has no body. */
export async function call<Body>(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<Body>> {
  const answer = await fetch(sandbox.baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${sandbox.apiKey}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

export const namesOf = (page: WireOrganizationPage): string[] => page.organizations.map(({ name }) => name);

export const emailsOf = (page: WirePage): string[] => page.users.map(({ email }) => email);

/** A create request that is in order, but for what is overridden. */
export const newUser = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: "Jane Smith",
  email: "jane@example.com",
  role: { type: "predefined", name: "member" },
  invite_mode: "email_link",
  ...overrides,
});

/** Calls a function with what its type forbids. */
export const callLoosely = (target: (...args: never[]) => unknown, argument: unknown): unknown =>
  Reflect.apply(target, undefined, [argument]);
