/** What each client is asked to do, in its own process. */
export interface Client {
  get(userId: string): Promise<unknown>;
  listPage(): Promise<unknown>;
  /** Every user of the account, by pages of 100. */
  each(): AsyncIterable<unknown>;
  create(email: string): Promise<unknown>;
  rename(userId: string, name: string): Promise<unknown>;
  delete(userId: string): Promise<unknown>;
  resendInvitation(userId: string): Promise<unknown>;
  bulkDelete(targets: Targets): Promise<BulkResult[]>;
  /** What would have to be done for the account to have these people, with these names. */
  plan(rows: readonly Row[]): Promise<PlannedChange[]>;
}

/** Of a roster. */
export interface Row {
  readonly email: string;
  readonly name: string;
}

export interface PlannedChange {
  readonly kind: string;
  readonly email: string;
}

export interface Targets {
  readonly userIds?: string[];
  readonly emails?: string[];
}

export interface BulkResult {
  readonly userId?: string | undefined;
  readonly status: string;
  /** Of a failure: what became of the user, where the client says so. */
  readonly outcome?: unknown;
}

export interface Server {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Which API a client speaks, since 2026-07-17 `current`. */
export type Dialect = "alpha" | "current";

export interface Peer {
  /** As tables and charts name it. */
  readonly title: string;
  readonly dialect: Dialect;
  /** Loads it; what it takes from the package is its own process's business. */
  load(): Promise<(server: Server) => Client>;
}

/** A newcomer, in the spelling of the current dialect. */
export const newcomer = (email: string) => ({
  name: "Mary Keller",
  email,
  role: { type: "PREDEFINED", name: "MEMBER" },
  invite_mode: "EMAIL_LINK",
});
