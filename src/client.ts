import { createCore } from "./core/core.ts";
import { rememberCore } from "./core/core-of.ts";
import { type ArizeClientOptions, readOptions } from "./options.ts";
import { Organizations } from "./organizations/organizations.ts";
import { Users } from "./users/users.ts";

/**
 * A client of one account.
 *
 * @throws {ValidationError} where a setting is missing or breaks its rule; the key is never shown.
 * @example
 * import { ArizeClient } from "ax-users";
 *
 * const client = new ArizeClient({ region: "eu-west-1a" }); // the key is in ARIZE_API_KEY
 */
export class ArizeClient {
  /** Everything about the users of the account. */
  readonly users: Users;
  /** Everything about the organizations of the account, and who is in them. */
  readonly organizations: Organizations;

  constructor(options?: ArizeClientOptions) {
    const core = createCore(readOptions(options));
    rememberCore(this, core);
    this.users = new Users(core);
    this.organizations = new Organizations(core);
  }
}
