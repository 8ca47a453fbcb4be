/** Every example of the documentation's pages, in both dialects: it runs as it stands, and does what the page says. */
import * as undici from "undici-7";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startAccount } from "./guide/account.ts";
import { pages } from "./guide/pages.ts";
import { PROGRAM_PAGES } from "./guide/program.ts";
import { RECIPE_PAGES } from "./guide/recipes.ts";
import { TROUBLE_PAGES } from "./guide/trouble.ts";
import { USER_PAGES } from "./guide/users.ts";
import { PACKAGE, runExample } from "./helpers/run-example.ts";

const expected = { ...USER_PAGES, ...TROUBLE_PAGES, ...PROGRAM_PAGES, ...RECIPE_PAGES };
const dispatcher = undici.getGlobalDispatcher();

afterEach(() => {
  undici.setGlobalDispatcher(dispatcher);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe.each(pages)("$page", ({ page, examples }) => {
  test("has an expectation for each example, and no other", () => {
    expect(examples.map(([name]) => name)).toEqual(Object.keys(expected[page] ?? {}));
  });

  test.for(examples)("the example runs: %s", async ([name, code]) => {
    const { client, sandbox, output } = await startAccount();
    // It would tell of what an example before it was warned of.
    Reflect.deleteProperty(globalThis, Symbol.for("ax-users.prerelease"));
    if (page === "warnings") vi.stubEnv("DISABLE_PRERELEASE_WARNING", undefined);
    await runExample(code, { client }, { ...PACKAGE, undici });
    expected[page]?.[name]?.(output(), sandbox);
  });
});
