import type { Peer } from "./client.ts";

/** Built from `generated/` by `set-up.ts`. */
export const GENERATED_BUNDLE = new URL("../dist/generated.js", import.meta.url);

/** What `npm run build` makes of `src/`. */
export const DIST = new URL("../../dist/index.js", import.meta.url);

/** All that are measured, in the order of tables and charts. */
export const peers = {
  fetch: {
    title: "bare fetch",
    dialect: "current",
    load: async () => (await import("./fetch.ts")).connect,
  },
  generated: {
    title: "generated client",
    dialect: "current",
    load: async () => (await import("./generated.ts")).connectWith(await import(GENERATED_BUNDLE.href)),
  },
  alpha: {
    title: "ax-client 1.18.1",
    dialect: "alpha",
    load: async () =>
      (await import("./official.ts")).connectWith(await import("ax-client-alpha"), (value) => value),
  },
  current: {
    title: "ax-client 1.28.0",
    dialect: "current",
    load: async () =>
      (await import("./official.ts")).connectWith(await import("ax-client-current"), (value) =>
        value.toUpperCase(),
      ),
  },
  ours: {
    title: "ax-users",
    dialect: "current",
    load: async () =>
      (await import("./ours.ts")).connectWith(
        await import(DIST.href),
        () => import(new URL("roster.js", DIST).href),
      ),
  },
} satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;

export const PEER_NAMES = Object.keys(peers) as PeerName[];
