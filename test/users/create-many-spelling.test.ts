import { expect, test } from "vitest";
import { wirePage, wireUser } from "../helpers/server.ts";
import { WALL_START } from "../helpers/virtual-clock.ts";
import { answers, NEW_USER, type Step, stage } from "../transport/scripted-server.ts";

/** What createMany tells where the first request is tried in both spellings of enum values, and things go wrong. */

const users = [NEW_USER];
const malformed = answers(400, { title: "Invalid request" });
const taken = answers(409, { title: "Resource conflict" });
const found = answers(
  200,
  wirePage([wireUser({ email: NEW_USER.email, created_at: new Date(WALL_START).toISOString() })]),
);
const lost = answers(502);
const enumCase = "auto";

test("the others wait for the first to find it out", async () => {
  const { clock, client, sent } = stage(
    [
      malformed,
      ({ body = "{}" }) =>
        Response.json(
          { ...wireUser({ email: JSON.parse(body).email, status: "INVITED" }), invite_mode: "EMAIL_LINK" },
          { status: 201 },
        ),
    ],
    { enumCase },
  );
  const roster = ["a", "b", "c"].map((name) => ({ ...NEW_USER, email: `${name}@x.io` }));
  const results = await clock.run(client.users.createMany({ users: roster }));
  expect(results.map(({ status }) => status)).toEqual(["created", "created", "created"]);
  const asked = sent
    .map(({ body = "{}" }) => JSON.parse(body))
    .map((body) => `${body.email} ${body.invite_mode}`);
  expect(asked).toEqual(["a@x.io email_link", ...["a", "b", "c"].map((name) => `${name}@x.io EMAIL_LINK`)]);
});

test("who is there when the other spelling is tried after an unknown outcome is recovered", async () => {
  const { clock, client, sent } = stage([lost, malformed, taken, found], { enumCase });
  const results = await clock.run(client.users.createMany({ users }));
  expect(results).toMatchObject([{ status: "existing", user: { outcome: "recovered" } }]);
  expect(sent).toHaveLength(4);
});

test.each<[string, [Step, ...Step[]], number, string]>([
  ["both are refused", [malformed], 400, "not_applied"],
  ["the first is refused after an unknown outcome", [lost, malformed], 400, "unknown"],
  ["the second is refused after an unknown outcome", [malformed, lost, malformed], 400, "unknown"],
  ["the second is refused for another reason", [malformed, answers(403)], 403, "not_applied"],
  [
    "the second is refused for another reason, the first after an unknown outcome",
    [lost, malformed, answers(403)],
    403,
    "unknown",
  ],
])("where %s, the outcome is that of all requests", async (_, steps, status, outcome) => {
  const { clock, client } = stage(steps, { enumCase });
  const results = await clock.run(client.users.createMany({ users }));
  expect(results).toMatchObject([{ status: "failed", cause: { status, outcome } }]);
});

test.each<[string, [Step, ...Step[]], string]>([
  ["a refusal", [malformed], "not_applied"],
  ["an unknown outcome and a refusal", [lost, malformed], "unknown"],
])(
  "where an abort after %s leaves no time for the second, the first refusal is told",
  async (_, steps, outcome) => {
    const controller = new AbortController();
    const { clock, client, sent } = stage(steps, {
      enumCase,
      onEvent: (event) => event.type === "response" && event.status === 400 && controller.abort("enough"),
    });
    const { signal } = controller;
    const results = await clock.run(client.users.createMany({ users }, { signal }));
    expect(results).toMatchObject([{ status: "failed", cause: { status: 400, outcome } }]);
    expect(sent).toHaveLength(steps.length);
  },
);
