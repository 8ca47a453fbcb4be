import type { Dialect } from "../dialect.ts";
import type { Organizations } from "../organizations/organizations.ts";
import type { SandboxRequest } from "../types.ts";
import type { Users } from "../users/users.ts";
import type { SandboxResponse } from "./problems.ts";

/** The data that the endpoints work on. */
export interface Account {
  users: Users;
  organizations: Organizations;
  dialect: Dialect;
}

/** A request to an endpoint. */
export interface Call extends Account {
  request: SandboxRequest;
}

/** The handlers of a path, by method. The groups of the path are the IDs that are passed to the handlers. */
export interface Route {
  path: RegExp;
  methods: Readonly<Record<string, (call: Call, id: string, userId: string) => SandboxResponse>>;
}
