/** What the examples on settings, styles, tests and runtimes must have printed or done. */
import { expect } from "vitest";
import type { Expected } from "./account.ts";

export const PROGRAM_PAGES: Expected = {
  settings: {
    "# Settings, 1": (output) => expect(output).toBe("false"),
    "The key, 1": (output) => expect(output).toBe("50"),
    "The region, or the address, 1": (output, { requests }) => {
      expect(output).toBe("true");
      expect(requests).toEqual([]);
    },
    "A proxy or a private certificate authority, 1": (output) => expect(output).toBe("GET 200"),
    "Other options for some calls, 1": (output, { requests }) => {
      expect(output).toBe("true");
      expect(requests[0]?.headers["user-agent"]).toMatch(/^ax-users\/\S+ nightly-sync\/1\.0$/);
    },
    "When an option is invalid, 1": (output) =>
      expect(output.split("\n").map((line) => line.split(" ")[0])).toEqual([
        "apiKey",
        "baseUrl",
        "timeoutMs",
      ]),
  },
  "function-style": {
    "Without a client, 1": (output, { mails }) => {
      expect(output).toBe("1");
      expect(mails.map(({ to }) => to)).toEqual(["jane.smith@example.com"]);
    },
    "With a client, 1": (output) => expect(output).toBe("Ada Lovelace not_found"),
  },
  warnings: {
    "Silence them, 1": (_, { requests }) => expect(requests).toHaveLength(1),
    "Send them elsewhere, 1": (output, { requests }) => {
      expect(output).toBe("AX_USERS_BETA: organizations.list is beta");
      expect(requests).toHaveLength(2);
    },
  },
  dialects: {
    "What your code sees, 1": (output) => expect(output).toBe("active"),
    "How it is detected, 1": (output, { requests }) => {
      expect(output).toBe("true");
      expect(requests).toEqual([]);
    },
  },
  testing: {
    "Write a test, 1": (_, { requests }) => expect(requests).toEqual([]),
    "Choose its users and organizations, 1": (output) => expect(output).toBe("2 1 1"),
    "Check what your code did, 1": (output) =>
      expect(output).toBe('["invitation to ada@example.com"]\n["POST /v2/users 201"]'),
    "Simulate what others do, 1": (output) =>
      expect(output).toBe("ada.king@example.com active\ngrace@example.com expired"),
    "Make it fail, 1": (output) => expect(output).toBe("recovered 1"),
  },
  "several-machines": {
    "Make one change at a time, 1": (output, { mails }) => {
      expect(output).toBe("done done");
      expect(mails).toHaveLength(1);
    },
  },
  runtimes: {
    "Workers, 1": (output) => expect(output).toBe("1"),
  },
};
