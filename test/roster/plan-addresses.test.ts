/** People with an address that `create` rejects, but that an older account has. */
import { ArizeClient } from "ax-users";
import { parseRoster, planRoster, type RosterRow, toCsv } from "ax-users/roster";
import { startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test } from "vitest";
import { rejection } from "../helpers/server.ts";

const JOERG = "jörg@example.com";
const ROWS: RosterRow[] = [{ email: "root@example.com" }, { email: JOERG, name: "Jörg" }];

/** An account with somebody who cannot be created. */
async function openAccount(): Promise<ArizeClient> {
  const sandbox = await startSandbox({
    users: [
      { email: "root@example.com", role: "admin" },
      { email: "j@example.com", name: "Jörg" },
    ],
  });
  onTestFinished(() => sandbox.close());
  const client = new ArizeClient({
    apiKey: sandbox.apiKey,
    baseUrl: sandbox.baseUrl,
    prereleaseWarnings: false,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const text = (await response.text()).replaceAll("j@example.com", JOERG);
      const { status } = response;
      return new Response(text, { status, headers: { "content-type": "application/json" } });
    },
  });
  return client;
}

const steps = async (rows: readonly RosterRow[], options: object = {}) => {
  const roster = await parseRoster(toCsv(rows));
  const { changes } = await planRoster(await openAccount(), roster, options);
  return changes.map(({ kind, email, note }) => [kind, email, ...(note === undefined ? [] : [note])]);
};

const ROOT = ["unchanged", "root@example.com"];

test("are kept if they are in the exported roster", async () => {
  expect(await steps(ROWS, { removeAbsent: true })).toEqual([ROOT, ["unchanged", JOERG]]);
});

test("can be changed, removed and protected", async () => {
  expect(await steps([{ email: JOERG, name: "J" }])).toEqual([["update", JOERG]]);
  expect(await steps([{ email: JOERG, state: "absent" }])).toEqual([["delete", JOERG]]);
  expect(await steps(ROWS.slice(0, 1), { removeAbsent: true, protect: [JOERG] })).toEqual([
    ROOT,
    ["unchanged", JOERG, "kept: protected"],
  ]);
});

test("cannot be created", async () => {
  const rows = [{ email: "åsa@example.com", name: "Åsa" }];
  expect(String(await rejection(planRoster(await openAccount(), rows)))).toBe(
    'ValidationError: roster: row 1, email must be an email address that the API accepts, since nobody in the account has "åsa@example.com"',
  );
});
