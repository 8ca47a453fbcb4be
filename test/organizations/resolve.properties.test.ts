import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../helpers/full.ts";
import {
  accountAnswer,
  byOrganization,
  type WireOrganization,
  wireOrganization,
} from "../helpers/organizations.ts";
import { startServer } from "../helpers/server.ts";

/** Few letters, so that names often differ in case only, or are part of each other. */
const text = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "é", "É"), minLength: 1, maxLength: 3 });

/** The case of ASCII letters is ignored, and no other. */
const inLowerCase = (name: string): string => name.replaceAll("A", "a").replaceAll("B", "b");

/** Organizations with any names, unique or not, some with an ID that may be taken for a name. */
const accounts = fc.uniqueArray(
  fc.record({
    name: text,
    id: fc.oneof(
      fc.nat({ max: 99 }).map((n) => btoa(`Organization:${n}`)),
      text,
    ),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);

/** The organization that a request acts on: the one in its path, or the only one that `get` gives. */
const actedOn = (paths: string[], result: unknown): string | undefined => {
  const path = paths.find((one) => !/^GET /.test(one));
  return path ? decodeURIComponent(path.split("/")[3] ?? "") : (result as { id: string } | undefined)?.id;
};

test.each(byOrganization)("%s never guesses which organization is meant", async (method, call) => {
  const account = { organizations: [] as WireOrganization[], emails: [] };
  const answer = accountAnswer(account);
  const server = await startServer(answer);
  const { organizations } = server.client();
  await fc.assert(
    fc.asyncProperty(accounts, text, async (rows, query) => {
      const all = rows.map((row) => wireOrganization(row));
      account.organizations = [...all];
      server.seen.length = 0;
      const result = await call(organizations, { organization: query }).catch(() => undefined);
      const paths = server.seen.map(({ method: verb, path }) => `${verb} ${path}`);
      const id = actedOn(paths, result);
      const exact = all.filter(({ name }) => name === query);
      const alike = all.filter(({ name }) => inLowerCase(name) === inLowerCase(query));
      const itself = all.filter((one) => one.id === query);
      if (exact.length > 0) {
        expect(id).toBe(exact.length === 1 ? exact[0]?.id : undefined);
      } else if (alike.length > 0) {
        expect(id).toBe(method !== "delete" && alike.length === 1 ? alike[0]?.id : undefined);
      } else {
        expect(id).toBe(itself[0]?.id);
      }
    }),
    { numRuns: runs(150) },
  );
});
