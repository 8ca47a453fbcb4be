/**
 * Every operation and every status of the spec of either dialect, by the public methods, against a server that is made of
 * nothing but that spec. It answers with the spec's examples, with the status that the `Prefer` header asks for, and
 * it says in a header of its answers what is wrong with a request.
 */
import {
  APIError,
  ArizeClient,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "ax-users";
import { beforeAll, describe, expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { CHECKED_DIALECTS } from "../testing/dialects.ts";
import { type Exchange, IMPATIENT, recordingFetch } from "./exchanges.ts";
import { newUser, operationOf, requestOf } from "./mock-operations.ts";
import { accepted, brokenRequests } from "./mock-requests.ts";
import { type Prism, startMock } from "./prism.ts";
import { documentedAnswers } from "./spec.ts";

const classes: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

/** Has the mock answer with this status. */
const asking = (status: number) => ({ headers: { prefer: `code=${status}` } });

async function refusal(promise: PromiseLike<unknown>): Promise<APIError> {
  const error = await rejection(promise);
  if (error instanceof APIError) return error;
  throw new Error("expected an APIError", { cause: error });
}

describe.each(CHECKED_DIALECTS)("in the %s dialect", (dialect) => {
  let mock: Prism;

  beforeAll(async () => {
    mock = await startMock(dialect);
    return () => mock[Symbol.asyncDispose]();
  });

  /** A client that knows nothing of its server yet, and what it exchanges with the mock. */
  function open(): { client: ArizeClient; exchanges: Exchange[] } {
    const exchanges: Exchange[] = [];
    const client = new ArizeClient({
      apiKey: "test-key",
      baseUrl: mock.baseUrl,
      prereleaseWarnings: false,
      fetch: recordingFetch(exchanges),
      ...IMPATIENT,
    });
    return { client, exchanges };
  }

  /** A client that has seen how the dialect spells its enum values. */
  async function openLearned(): Promise<ReturnType<typeof open>> {
    const { client, exchanges } = open();
    await client.users.list();
    exchanges.length = 0;
    return { client, exchanges };
  }

  const answers = documentedAnswers(dialect);

  test.each(answers.filter(({ status }) => status < 300))(
    "$operationId: the $status of the spec is a result in public names, for a client's first call",
    async ({ operationId, route, status }) => {
      const { call, results, sendsEnum } = operationOf(operationId);
      const { client, exchanges } = open();
      const result = await call(client, asking(status));
      const request = requestOf(route);
      const isMisspelled = sendsEnum && dialect === "current";
      expect(exchanges).toMatchObject([
        ...(isMisspelled ? [{ request, status: 422, violations: expect.any(String) }] : []),
        { request, status, violations: null },
      ]);
      expect(Object.keys(results)).toContain(String(status));
      expect(result).toStrictEqual(results[status]);
    },
  );

  test("a temporary password comes through, and shows nowhere by itself", async () => {
    const { client } = open();
    const user = await client.users.create({ ...newUser, inviteMode: "temporary_password" }, asking(201));
    expect(user.temporaryPassword).toBe("only-an-example");
    expect(Object.keys(user)).not.toContain("temporaryPassword");
    expect(JSON.stringify(user)).not.toContain("only-an-example");
  });

  test.each(answers.filter(({ status }) => status >= 400))(
    "$operationId: the $status of the spec is an error of its class, with all that the problem says",
    async ({ operationId, route, status, example }) => {
      const { call, sendsEnum } = operationOf(operationId);
      // A client that knows its server to be the API need not confirm a 404.
      const { client, exchanges } = await (sendsEnum || status === 404 ? openLearned() : open());
      const error = await refusal(call(client, asking(status)));
      expect(exchanges[0]).toMatchObject({ request: requestOf(route), status, violations: null });
      expect(error.constructor).toBe(classes[status]);
      expect(example).toMatchObject({ status });
      expect(error).toMatchObject({ ...Object(example), outcome: "not_applied", attempts: 1 });
      // The spec's example of a Retry-After.
      expect(error.retryAfterMs).toBe(status === 429 ? 42_000 : undefined);
    },
  );

  test("a conflict stays one where the look-up after it fails", async () => {
    const { client, exchanges } = await openLearned();
    const error = await refusal(client.users.create(newUser, asking(409)));
    // The list has no 409, which is what Prism is asked for here, too.
    expect(exchanges.map(({ request, status }) => [request, status])).toEqual([
      ["POST /v2/users", 409],
      ["GET /v2/users", 404],
    ]);
    expect(error).toMatchObject({ status: 409, cause: expect.any(APIError) });
    expect(error).toMatchObject({ cause: { type: "https://stoplight.io/prism/errors#NOT_FOUND" } });
    expect(error).not.toHaveProperty("existing");
  });

  test.each(accepted(dialect))("%s is a request that keeps the spec", async (_, call) => {
    const { client, exchanges } = await openLearned();
    // The mock's user is the one of the spec's examples, whoever was asked for.
    await Promise.resolve(call(client)).catch((error: unknown) =>
      expect(error).toMatchObject({ name: "UnexpectedResponseError" }),
    );
    expect(exchanges).toMatchObject([{ violations: null }]);
  });

  test.each(brokenRequests(dialect))("the mock tells $request", async ({ path, init, status, violation }) => {
    const exchanges: Exchange[] = [];
    await recordingFetch(exchanges)(mock.baseUrl + path, init);
    expect(exchanges).toMatchObject([{ status, violations: expect.stringContaining(violation) }]);
  });
});
