/** What the examples on failures, time and events must have printed or done. */
import { expect } from "vitest";
import type { Expected } from "./account.ts";

export const TROUBLE_PAGES: Expected = {
  errors: {
    "# Errors and their outcome, 1": (output) => expect(output).toBe("NotFoundError: nothing changed"),
    "Show what is wrong with arguments, 1": (output, { requests }) => {
      const issues = output.split("\n");
      expect(issues).toHaveLength(2);
      expect(issues[0]).toMatch(/^name must not be empty/);
      expect(issues[1]).toMatch(/^email must be an email address, received "jane at example\.com"$/);
      expect(requests).toEqual([]);
    },
    "Show what the server says, 1": (output) =>
      expect(output).toBe(
        "404 Resource not found\nThe requested resource with ID 'VXNlcjo5OTk5' was not found.\nreq_1",
      ),
  },
  retries: {
    "# Retries and rate limits, 1": (output, { requests }) => {
      expect(output).toBe("reachable");
      expect(requests).toHaveLength(1);
    },
    "Rate limits, 1": (output) => expect(output).toMatch(/^try again in 3600000 ms$/),
  },
  time: {
    "Limit a call, 1": (output) => expect(output).toBe("2"),
    "Cancel a call, 1": (output) => expect(output).toBe("not needed any more"),
    "Combine signals, 1": (output) => expect(output).toBe("Ada Lovelace"),
    "Cancel a bulk call, 1": (output, sandbox) => {
      const line = "not attempted: the call was aborted - changed my mind";
      expect(output).toBe(`${line}\n${line}`);
      expect(sandbox.requests).toEqual([]);
    },
  },
  events: {
    "Receive events, 1": (output) => expect(output).toBe("users_get 200 /v2/users/{user_id}"),
    "Write a log, 1": (output) => expect(output).toBe("2"),
    "Read the responses of one call, 1": (output) =>
      expect(output).toBe("users_list 200 application/json req_1 1"),
    "Observe all clients of a process, 1": (output) => expect(output).toBe("GET /v2/organizations 200"),
  },
};
