/** What the examples on proxies, tokens, mocks and serverless must have printed or done, besides what their own tests show. */
import { expect } from "vitest";
import type { Expected } from "./account.ts";

export const RECIPE_PAGES: Expected = {
  proxies: {
    "Use a proxy: Node 20, 1": (output, { requests }) => {
      expect(output).toBe("50");
      expect(requests).toHaveLength(1);
    },
    "Use a proxy: Node 20, 2": (output) => expect(output).toBe("50"),
  },
  tokens: {
    "An OAuth token, 1": (output, { requests }) => {
      expect(output).toBe("50\n3");
      expect(requests.map(({ status }) => status)).toEqual([200, 200]);
    },
  },
  mocking: {
    "undici MockAgent, 1": (output, { requests }) => {
      expect(output).toBe("Ada Lovelace active");
      expect(requests).toEqual([]);
    },
  },
  serverless: {
    "One client per process, 1": (_, { requests }) => expect(requests).toEqual([]),
    "Next.js, 1": (_, { requests }) => expect(requests).toEqual([]),
  },
};
