import { inspect } from "node:util";
import type {
  ArizeClient,
  Organizations,
  RequestOptions,
  Users,
  ValidationError,
  WithClient,
} from "ax-users";
import * as main from "ax-users";
import type { SandboxOptions } from "ax-users/testing";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { openAccount, openSandbox } from "./helpers/sandbox.ts";
import { rejection } from "./helpers/server.ts";

/** All functions but the one that sends nothing. */
type FunctionName = Exclude<Extract<keyof typeof main, Uncapitalize<keyof typeof main>>, "isEmailAddress">;
type AnyFunction = (params?: object, options?: RequestOptions) => PromiseLike<unknown>;

/** The functions of one copy of the package, for tables. */
const functionsOf = (copy: typeof main) => copy as unknown as Readonly<Record<FunctionName, AnyFunction>>;

/** Params of a function, and what the method does with them. */
const pair = <const Params extends object>(
  params: Params,
  method: (client: ArizeClient, params: Params, options?: RequestOptions) => PromiseLike<unknown>,
) => ({
  params,
  callMethod: (client: ArizeClient, options?: RequestOptions) => method(client, params, options),
});

const role = { type: "predefined", name: "member" } as const;
const newUser = { name: "Eve", email: "eve@example.com", role, inviteMode: "email_link" } as const;
const emails = ["ada@example.com", "grace@example.com", "nobody@example.com"] as const;

/** Every function, by its type. Where several requests are made, their order is certain. */
const FUNCTIONS = {
  listUsers: pair({ email: "example", limit: 2 }, ({ users }, ...given) => users.list(...given)),
  getUser: pair({ user: "ada@example.com" }, ({ users }, ...given) => users.get(...given)),
  createUser: pair(newUser, ({ users }, ...given) => users.create(...given)),
  createUsers: pair({ users: [newUser], concurrency: 1 }, ({ users }, ...given) =>
    users.createMany(...given),
  ),
  updateUsers: pair(
    { users: [{ email: "ADA@example.com", name: "A" }], concurrency: 1 },
    ({ users }, ...given) => users.updateMany(...given),
  ),
  updateUser: pair({ userId: "ada", isDeveloper: false }, ({ users }, ...given) => users.update(...given)),
  deleteUser: pair({ userId: "ada" }, ({ users }, ...given) => users.delete(...given)),
  bulkDeleteUsers: pair({ emails, concurrency: 1 }, ({ users }, ...given) => users.bulkDelete(...given)),
  resendInvitation: pair({ userId: "grace" }, ({ users }, ...given) => users.resendInvitation(...given)),
  resetPassword: pair({ userId: "ada" }, ({ users }, ...given) => users.resetPassword(...given)),
  findUserByEmail: pair({ email: " ADA@example.com" }, ({ users }, { email }, options) =>
    users.findByEmail(email, options),
  ),
  findUsersByEmails: pair({ emails }, ({ users }, params, options) =>
    users.findByEmails(params.emails, options),
  ),
  listOrganizations: pair({ name: "re", limit: 1 }, ({ organizations }, ...given) =>
    organizations.list(...given),
  ),
  getOrganization: pair({ organization: "research" }, ({ organizations }, ...given) =>
    organizations.get(...given),
  ),
  createOrganization: pair({ name: "Support" }, ({ organizations }, ...given) =>
    organizations.create(...given),
  ),
  updateOrganization: pair(
    { organization: "Research", description: "Basic" },
    ({ organizations }, ...given) => organizations.update(...given),
  ),
  deleteOrganization: pair({ organization: "Research" }, ({ organizations }, ...given) =>
    organizations.delete(...given),
  ),
  addOrganizationUser: pair(
    { organization: "Research", user: "ada@example.com", role },
    ({ organizations }, ...given) => organizations.addUser(...given),
  ),
  removeOrganizationUser: pair(
    { organization: "Research", user: "grace@example.com" },
    ({ organizations }, ...given) => organizations.removeUser(...given),
  ),
  addOrganizationUsers: pair(
    { organization: "Research", users: [{ user: "ada@example.com", role }], concurrency: 1 },
    ({ organizations }, ...given) => organizations.addUsers(...given),
  ),
  removeOrganizationUsers: pair(
    { organization: "Research", users: ["grace@example.com"], concurrency: 1 },
    ({ organizations }, ...given) => organizations.removeUsers(...given),
  ),
} satisfies Record<FunctionName, unknown>;

const each = Object.entries(FUNCTIONS).map(
  ([name, { params, callMethod }]) => [name as FunctionName, params, callMethod] as const,
);

/** What is created next is as old as the newest seed, so that it is the same in two accounts. */
const createdAt = "2100-01-01T00:00:00Z";
const SEEDS: SandboxOptions = {
  users: [
    { id: "ada", email: "ada@example.com", createdAt },
    { id: "grace", email: "grace@example.com", status: "invited", createdAt },
  ],
  organizations: [
    { name: "Research", members: [{ userId: "grace" }], createdAt },
    { name: "Retail", createdAt },
  ],
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("with a client", () => {
  const functions = functionsOf(main);

  test.each(each)(
    "%s sends and gives what the method does, with its options",
    async (name, params, callMethod) => {
      const [one, other] = [await openAccount(SEEDS), await openAccount(SEEDS)];
      const options = { headers: { "x-call": "mine" } };
      const given = Object.freeze({ ...params, client: one.client });
      const result = await functions[name](given, options);
      const expected = await callMethod(other.client, options);
      expect(inspect(result, { depth: null })).toBe(inspect(expected, { depth: null }));
      expect(given).toEqual({ ...params, client: one.client });
      const [sent, sentByMethod] = [one, other].map(({ sandbox }) =>
        sandbox.requests.map(({ receivedAtMs: _, headers: { host, ...headers }, ...request }) => ({
          ...request,
          headers,
        })),
      );
      expect(sent).toEqual(sentByMethod);
      expect(new Set(sent?.map(({ headers }) => headers["x-call"]))).toEqual(new Set(["mine"]));
    },
  );

  test.each(each)("%s refuses an argument that the method does not know", async (name, params) => {
    const { sandbox, client } = await openAccount();
    const error = await rejection(functions[name]({ ...params, client, colour: "red" }));
    expect(error).toBeInstanceOf(main.ValidationError);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/: unknown argument "colour"; expected one of /),
    );
    expect(sandbox.requests).toEqual([]);
  });

  test.each(each)("%s refuses what is no client", async (name, params) => {
    for (const client of [null, "client", {}, Object.create(main.ArizeClient.prototype)]) {
      const error = await rejection(functions[name]({ ...params, client }));
      expect(error).toBeInstanceOf(main.ValidationError);
      expect((error as ValidationError).issues).toEqual([
        { path: "client", message: expect.stringMatching(/^must be an ArizeClient, received /) },
      ]);
      expect(error).toHaveProperty("message", expect.stringMatching(/^params: client must be /));
    }
  });

  test.each(each)("%s warns by the key of its method", async (name, params, callMethod) => {
    vi.stubEnv("DISABLE_PRERELEASE_WARNING", undefined);
    const keysTold = async (call: (client: ArizeClient) => PromiseLike<unknown>) => {
      Reflect.deleteProperty(globalThis, Symbol.for("ax-users.prerelease"));
      const told: string[] = [];
      const { baseUrl, apiKey } = await openSandbox(SEEDS);
      await call(new main.ArizeClient({ baseUrl, apiKey, prereleaseWarnings: ({ key }) => told.push(key) }));
      return told;
    };
    const told = await keysTold((client) => functions[name]({ ...params, client }));
    expect(told).toEqual(await keysTold(callMethod));
    expect(told).toHaveLength(1);
  });

  test("a list is awaited for its first page, and iterated over all of them", async () => {
    const { client } = await openAccount(SEEDS);
    const { data: users, pagination } = await main.listUsers({ limit: 1, client });
    expect(users.map(({ id }) => id)).toEqual(["ada"]);
    expect(pagination).toEqual({ hasMore: true, nextCursor: expect.any(String) });
    const all: string[] = [];
    for await (const { id } of main.listUsers({ limit: 1, client })) all.push(id);
    for await (const { name } of main.listOrganizations({ limit: 1, client })) all.push(name);
    expect(all).toEqual(["ada", "grace", "Research", "Retail"]);
  });
});

describe("without a client", () => {
  beforeEach(() => {
    for (const name of ["ARIZE_API_KEY", "ARIZE_BASE_URL", "ARIZE_REGION"]) vi.stubEnv(name, undefined);
    vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  });

  /** A copy of the package that nothing was called of yet. */
  const freshCopy = async () => {
    vi.resetModules();
    return import("ax-users");
  };

  /** Sets the environment to a sandbox with a key of its own. */
  const enterSandbox = async (apiKey: string) => {
    const sandbox = await openSandbox({ ...SEEDS, apiKey });
    vi.stubEnv("ARIZE_API_KEY", apiKey);
    vi.stubEnv("ARIZE_BASE_URL", sandbox.baseUrl);
    return sandbox;
  };

  test.each(each)("%s uses the environment as it is when it is called first", async (name, params) => {
    const copy = await freshCopy();
    const sandbox = await enterSandbox("first");
    await functionsOf(copy)[name]({ ...params, client: undefined });
    expect(sandbox.requests.map(({ headers }) => headers["authorization"])).toContain("Bearer first");
  });

  test("the default is made once: what changes later does not count", async () => {
    const copy = await freshCopy();
    const first = await enterSandbox("first");
    await copy.listUsers();
    const second = await enterSandbox("second");
    expect(await copy.findUserByEmail({ email: "ada@example.com" })).toMatchObject({ id: "ada" });
    await copy.listOrganizations().pages().next();
    expect(first.requests).toHaveLength(3);
    expect(second.requests).toEqual([]);
  });

  test.each(each)("%s rejects for want of a key, and works once there is one", async (name, params) => {
    const call = functionsOf(await freshCopy())[name];
    const error = await rejection(call(params));
    expect(error).toMatchObject({ name: "ValidationError", issues: [{ path: "apiKey" }] });
    const sandbox = await enterSandbox("late");
    await call(params);
    expect(sandbox.requests).not.toEqual([]);
  });

  test.each(["listUsers", "listOrganizations"] as const)(
    "%s without a key is a list all the same, which fails in whatever way it is read",
    async (name) => {
      const list = (await freshCopy())[name]();
      for (const read of [
        list,
        list.pages().next(),
        list.toArray({ max: 1 }),
        list[Symbol.asyncIterator]().next(),
      ]) {
        expect(await rejection(read)).toMatchObject({ issues: [{ path: "apiKey" }] });
      }
    },
  );

  test("a wrong setting of the environment is named, and may be mended", async () => {
    const { getUser } = await freshCopy();
    vi.stubEnv("ARIZE_API_KEY", "first");
    vi.stubEnv("ARIZE_REGION", "mars");
    const error = await rejection(getUser({ userId: "ada" }));
    expect(error).toMatchObject({ name: "ValidationError", issues: [{ path: "ARIZE_REGION" }] });
    await enterSandbox("first");
    expect(await getUser({ userId: "ada" })).toMatchObject({ id: "ada" });
  });

  test.each(each)("%s refuses params that are no object", async (name) => {
    const call = functionsOf(await freshCopy())[name];
    const sandbox = await enterSandbox("first");
    for (const params of ["ada", ["ada"], 5, ...(name.startsWith("list") ? [null] : [undefined, null])]) {
      const error = await rejection(call(params as object));
      expect(error).toHaveProperty("name", "ValidationError");
      expect(error).toHaveProperty("message", expect.stringMatching(/: params must be an object, received /));
    }
    expect(sandbox.requests).toEqual([]);
  });
});

/** The functions as methods of their resource. */
interface OfUsers {
  list: typeof main.listUsers;
  get: typeof main.getUser;
  create: typeof main.createUser;
  createMany: typeof main.createUsers;
  update: typeof main.updateUser;
  updateMany: typeof main.updateUsers;
  delete: typeof main.deleteUser;
  bulkDelete: typeof main.bulkDeleteUsers;
  resendInvitation: typeof main.resendInvitation;
  resetPassword: typeof main.resetPassword;
  findByEmail: typeof main.findUserByEmail;
  findByEmails: typeof main.findUsersByEmails;
}
interface OfOrganizations {
  list: typeof main.listOrganizations;
  get: typeof main.getOrganization;
  create: typeof main.createOrganization;
  update: typeof main.updateOrganization;
  delete: typeof main.deleteOrganization;
  addUser: typeof main.addOrganizationUser;
  removeUser: typeof main.removeOrganizationUser;
  addUsers: typeof main.addOrganizationUsers;
  removeUsers: typeof main.removeOrganizationUsers;
}

type WithoutParams<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (params: never, ...options: infer Options) => infer Result
    ? (...options: Options) => Result
    : never;
};
type Params<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...given: infer Given) => unknown
    ? NonNullable<Given[0]>
    : never;
};
type WithClients<Methods> = { [Name in keyof Methods]: WithClient<Methods[Name]> };
type ByEmail = "findByEmail" | "findByEmails";

test("each method has a function that takes its params and a client, its options, and gives its result", () => {
  expectTypeOf<OfUsers[keyof OfUsers] | OfOrganizations[keyof OfOrganizations]>().toEqualTypeOf<
    (typeof main)[FunctionName]
  >();
  expectTypeOf<WithoutParams<OfUsers>>().toEqualTypeOf<WithoutParams<Users>>();
  expectTypeOf<WithoutParams<OfOrganizations>>().toEqualTypeOf<WithoutParams<Organizations>>();
  expectTypeOf<Params<Omit<OfUsers, ByEmail>>>().toEqualTypeOf<WithClients<Params<Omit<Users, ByEmail>>>>();
  expectTypeOf<Params<OfOrganizations>>().toEqualTypeOf<WithClients<Params<Organizations>>>();
  expectTypeOf(main.findUserByEmail).parameter(0).toEqualTypeOf<WithClient<{ email: string }>>();
  expectTypeOf(main.findUsersByEmails)
    .parameter(0)
    .toEqualTypeOf<WithClient<{ emails: readonly string[] }>>();
  expectTypeOf<Parameters<typeof main.listUsers>["length"]>().toEqualTypeOf<0 | 1 | 2>();
});
