import { type ArizeClient, type ResponseInfo, ValidationError } from "ax-users";
import { expect, test } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { answers, asksToWait, breaksOff, type Step, stage } from "./scripted-server.ts";

const u1 = { userId: "u1" };
const found = answers(200, wireUser({ id: "u1" }), { "x-request-id": "r1", "x-region": "eu" });

type Call = (client: ArizeClient, onResponse: (info: ResponseInfo) => void) => Promise<unknown>;

/** What `onResponse` is told of a call. */
async function toldOf(steps: readonly [Step, ...Step[]], call: Call): Promise<ResponseInfo[]> {
  const { client, clock } = stage(steps);
  const told: ResponseInfo[] = [];
  await clock.run(call(client, (info) => told.push(info)).catch(() => {}));
  return told;
}

test("a success is told with its headers", async () => {
  const told = await toldOf([found], ({ users }, onResponse) => users.get(u1, { onResponse }));
  expect(told).toEqual([
    {
      operation: "users_get",
      status: 200,
      headers: expect.any(Headers),
      requestId: "r1",
      attempts: 1,
      durationMs: 0,
    },
  ]);
  expect(told[0]?.headers.get("x-region")).toBe("eu");
});

test("attempts and durationMs are those of the whole request, waits included", async () => {
  const steps = [breaksOff("ECONNRESET"), asksToWait(429, "7"), found] as const;
  const told = await toldOf(steps, ({ users }, onResponse) => users.get(u1, { onResponse, maxRetries: 2 }));
  expect(told).toEqual([expect.objectContaining({ status: 200, attempts: 3, durationMs: 7250 })]);
});

test("each success of a call is told, and no failure", async () => {
  const pages = () =>
    [answers(200, wirePage([wireUser()], "a")), answers(200, wirePage([wireUser()]))] as const;
  const listed = await toldOf(pages(), ({ users }, onResponse) =>
    users.list({}, { onResponse }).toArray({ max: 9 }),
  );
  expect(listed.map(({ operation }) => operation)).toEqual(["users_list", "users_list"]);
  const removed = await toldOf([...pages(), answers(204), answers(403)], ({ users }, onResponse) =>
    users.bulkDelete({ emails: ["ada@example.com"], userIds: ["u2"] }, { onResponse }),
  );
  expect(removed.map(({ status }) => status)).toEqual([200, 200, 204]);
  expect(await toldOf([answers(403)], ({ users }, onResponse) => users.get(u1, { onResponse }))).toEqual([]);
});

test("cookies and the key are not shown", async () => {
  const step = answers(200, wireUser({ id: "u1" }), {
    "set-cookie": "session=5",
    "x-echo": "Bearer secret-key",
    "x-request-id": "secret-key",
  });
  const told = await toldOf([step], ({ users }, onResponse) => users.get(u1, { onResponse }));
  const shown = JSON.stringify([told, ...(told[0]?.headers ?? [])]);
  expect(shown).not.toMatch(/secret-key|session/);
  expect(shown).toMatch(/x-echo/);
});

test.each(BAD_CALLBACKS)("an onResponse that %s changes nothing", async (_, onResponse) => {
  const { client, clock } = stage([found]);
  expect(await clock.run(client.users.get(u1, { onResponse }))).toMatchObject({ id: "u1" });
});

test("an onResponse that is no function is refused", async () => {
  const { client } = stage([found]);
  const error = await client.users.get(u1, { onResponse: 1 } as object).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ValidationError);
  expect(String(error)).toMatch(/onResponse must be a function, received 1/);
});
