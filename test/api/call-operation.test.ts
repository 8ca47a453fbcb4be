import { afterEach, expect, test, vi } from "vitest";
import { ArizeClient } from "../../src/index.ts";

afterEach(() => vi.unstubAllGlobals());

/** Deno's `Request` refuses a `client` that is not one of its own. */
class DenoRequest extends Request {
  constructor(input: string | URL | Request, init: RequestInit = {}) {
    if ("client" in init) throw new TypeError("Argument 2 `client` must be a Deno.HttpClient");
    super(input, init);
  }
}

test("a request has no `client`, which Deno takes for one of its own", async () => {
  vi.stubGlobal("Request", DenoRequest);
  const fetch = async () => Response.json({ users: [], pagination: { has_more: false } });
  const client = new ArizeClient({ apiKey: "key", fetch, prereleaseWarnings: false });
  await expect(client.users.list()).resolves.toMatchObject({ data: [] });
});
