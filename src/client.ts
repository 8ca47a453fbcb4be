import { createClientContext } from "./api/client-context.ts";
import { RUN_BATCH, runBatch } from "./client-batch.ts";
import { type ArizeClientOptions, readOptions } from "./config/client-options.ts";
import { contextOf, registerContext } from "./facade/client-registry.ts";
import { Organizations } from "./organizations/organizations.ts";
import { Users } from "./users/users.ts";

/**
 * A client of one account. Its calls share the pause after a 429 and the budget of retries.
 *
 * @throws a {@link ValidationError} with every setting that is missing or breaks its rule; the key is never shown.
 * @example
 * import { ArizeClient } from "ax-users";
 *
 * const client = new ArizeClient(); // the key is in ARIZE_API_KEY
 * for await (const user of client.users.list()) console.log(user.email);
 */
export class ArizeClient {
  /** The address of the API, resolved from the options and the environment. */
  readonly baseUrl: string;
  /** The users of the account. */
  readonly users: Users;
  /** The organizations of the account, and who is in them. */
  readonly organizations: Organizations;

  constructor(options?: ArizeClientOptions) {
    const context = createClientContext(readOptions(options));
    registerContext(this, context);
    Object.defineProperty(this, RUN_BATCH, {
      value: (run: Parameters<typeof runBatch>[1]) => runBatch(contextOf(this), run),
    });
    this.baseUrl = context.settings.baseUrl;
    this.users = new Users(context);
    this.organizations = new Organizations(context);
  }
}
