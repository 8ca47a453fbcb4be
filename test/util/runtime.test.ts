import { ArizeClient, ValidationError } from "ax-users";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const TOLD = Symbol.for("ax-users.prerelease");
const forget = () => Reflect.deleteProperty(globalThis, TOLD);

beforeEach(forget);
afterEach(() => {
  forget();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** As in Deno without --allow-env: to ask for a variable is an error. */
const forbidden = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`NotCapable: Requires env access to "${String(name)}"`);
    },
  },
);

const anybody = () =>
  new ArizeClient({
    apiKey: "k",
    fetch: async () => Response.json({ users: [], pagination: { has_more: false } }),
  });

const WITHOUT_NODE = [
  ["without process, as in a browser", undefined],
  ["with a bundler's empty process.env", { env: {} }],
  ["with a process that is empty", {}],
  ["where the environment may not be read, as in Deno without --allow-env", { env: forbidden }],
  ["where null stands for what is missing", { env: null, emitWarning: null, getBuiltinModule: null }],
  ["where a built-in module is not there", { env: {}, getBuiltinModule: () => undefined }],
] as const;

test.each(WITHOUT_NODE)("%s a call goes its way, and the console is warned", async (_, process) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.stubGlobal("process", process);
  expect((await anybody().users.list()).data).toEqual([]);
  vi.unstubAllGlobals();
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[ALPHA\] users\.list/));
});

test("on Workers, whose emitWarning shows nothing, the console is warned", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const emitWarning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  vi.stubGlobal("WebSocketPair", class {});
  await anybody().users.list();
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[ALPHA\] users\.list/));
  expect(emitWarning).not.toHaveBeenCalled();
});

test.each(WITHOUT_NODE)(
  "%s a key that is not given is missing, and the message says where it belongs",
  (_, process) => {
    vi.stubGlobal("process", process);
    const make = () => new ArizeClient();
    expect(make).toThrow(ValidationError);
    expect(make).toThrow(/pass it here, or set ARIZE_API_KEY/);
  },
);
