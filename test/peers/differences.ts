/** How the official SDKs differ from ours in what they see. */
import type { Outcome } from "./outcomes.ts";
import type { Peer } from "./peers.ts";

export interface Difference {
  peers: readonly Peer["id"][];
  steps: readonly string[];
  /** What becomes of the calls there, where that becomes of them here. */
  theirs: (ours: Outcome | undefined) => Outcome;
  /** Completes "It is different in that". */
  reason: string;
  /** What docs/coming-from.md says about it. */
  line: string;
}

const TYPESCRIPT = ["alpha", "current"] as const;
const ALL = [...TYPESCRIPT, "python", "go"] as const;

const refused = (status: unknown) => (): Outcome => ({ refused: { status, message: "" } });
const lacks = (param: string) => (): Outcome => ({ lacks: param });

const gaveOf = (outcome: Outcome | undefined): unknown =>
  outcome && "gave" in outcome ? outcome.gave : undefined;

/** As ours, but for some members of the result; `undefined` for those that are missing. */
const changed =
  (change: object) =>
  (ours: Outcome | undefined): Outcome => {
    const members = Object.entries({ ...(gaveOf(ours) as object), ...change });
    return { gave: Object.fromEntries(members.filter(([, value]) => value !== undefined)) };
  };

/** As ours, but for the rows of a bulk call. */
const rows =
  (change: (row: string) => string[]) =>
  (ours: Outcome | undefined): Outcome => ({ gave: (gaveOf(ours) as string[]).flatMap(change).sort() });

const USERS: Difference[] = [
  {
    peers: TYPESCRIPT,
    steps: [
      "get a user by address",
      "get a user whose address is on the second page",
      "get a user by an address that none has",
    ],
    theirs: lacks("user"),
    reason: "a user can only be fetched by ID",
    line: "the same, or `{ user }` with an email",
  },
  {
    peers: ["python"],
    steps: ["get a user whose address is on the second page", "get a user by an address that none has"],
    theirs: () => ({ gave: null }),
    reason: "it gives None, and looks at the first page only",
    line: "an unknown email is a `NotFoundError` (in Python, `None`, also for a user beyond the first 50 matches)",
  },
  {
    peers: [...TYPESCRIPT, "go"],
    steps: ["list more users than fit a page"],
    theirs: refused(400),
    reason: "the limit is sent",
    line: "| `limit` | default 50; not checked (TypeScript, Go) |",
  },
  {
    peers: ALL,
    steps: ["create who is active"],
    theirs: refused(409),
    reason: "a user who exists is an error",
    line: "| create, if an active user has the address | an error (409) |",
  },
  {
    peers: [...TYPESCRIPT, "python"],
    steps: ["create with an address that is none"],
    theirs: refused(400),
    reason: "the address is sent",
    line: "| create, with an invalid address | sent (TypeScript, Python) |",
  },
  {
    peers: ["current"],
    steps: ["create without developer permissions"],
    theirs: lacks("isDeveloper"),
    reason: "the API refuses the param that the SDK still has",
    line: "removed by September 2026: not in TypeScript 1.30",
  },
  {
    peers: ["python"],
    steps: ["create without developer permissions"],
    theirs: lacks("isDeveloper"),
    reason: "there is no such param",
    line: "Python has no `is_developer` from 8.52.1 on",
  },
  {
    peers: ["python"],
    steps: ["create who is invited"],
    theirs: changed({ inviteMode: "email_link" }),
    reason: "the mode that was asked for is given back",
    line: "for a pending invitation, Python returns the mode that you asked for",
  },
  {
    peers: ["go"],
    steps: [
      "create by mail",
      "create with a password",
      "create without an invitation",
      "create an annotator",
      "create with a custom role",
      "create without developer permissions",
      "create whose invitation has expired",
    ],
    theirs: changed({ inviteMode: undefined, temporaryPassword: undefined }),
    reason: "the mode and the password are dropped",
    line: "`inviteMode` and `temporaryPassword` (in Go from 0.23 on)",
  },
  {
    peers: TYPESCRIPT,
    steps: ["update nothing", "update nothing of an organization"],
    theirs: refused(400),
    reason: "an empty update is sent",
    line: "an update without changes is a `ValidationError` (the SDK sends `{}`)",
  },
];

const BULK: Difference[] = [
  {
    peers: ["python", "go"],
    steps: ["bulk delete somebody by ID and by address"],
    theirs: rows((row) => [row, row]),
    reason: "there are two rows",
    line: "| results of a bulk delete | not in order, or several for one user |",
  },
  {
    peers: ["python", "go"],
    steps: ["bulk delete with an ID that none has"],
    theirs: rows((row) => [row.replace("not_found", "failed")]),
    reason: "that is a failure",
    line: "an ID that no user has is `failed` (Python, Go)",
  },
  {
    peers: TYPESCRIPT,
    steps: ["bulk delete with an ID that none has"],
    theirs: refused(404),
    reason: "one failure rejects all",
    line: "a failure is a result (in the SDK, one failure rejects all)",
  },
];

const ORGANIZATIONS: Difference[] = [
  {
    peers: ALL,
    steps: ["get an organization by its name in another case"],
    theirs: refused(404),
    reason: "the case has to fit",
    line: "only a name in the same case is found",
  },
  {
    peers: [...TYPESCRIPT, "go"],
    steps: ["get an organization whose name looks like an ID"],
    theirs: refused(404),
    reason: "the name is taken for an ID",
    line: "names like `Open` and `Oslo` are taken for IDs (TypeScript, Go)",
  },
  {
    peers: ["python", "go"],
    steps: ["get an organization by an ID without padding"],
    theirs: refused(404),
    reason: "the ID is taken for a name",
    line: "unpadded IDs for names (Python, Go)",
  },
  {
    peers: ["go"],
    steps: ["update nothing of an organization"],
    theirs: refused(400),
    reason: "an empty update is sent",
    line: "an update without changes is a `ValidationError` (Go sends `{}`)",
  },
  {
    peers: TYPESCRIPT,
    steps: ["add a user by the organization's name", "remove a user by the organization's name"],
    theirs: lacks("organization"),
    reason: "an ID is required",
    line: "also by `organization` (ID or name) and `user` (ID or email)",
  },
  {
    peers: ["go"],
    steps: ["add a user with a custom role"],
    theirs: lacks("custom role"),
    reason: "there are only predefined roles",
    line: "also for custom roles, which Go does not support",
  },
];

export const differences: readonly Difference[] = [...USERS, ...BULK, ...ORGANIZATIONS];
