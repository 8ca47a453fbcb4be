import { type ClientContext, changeContext, createClientContext } from "./api/client-context.ts";
import { RUN_BATCH, runBatch } from "./client-batch.ts";
import { type ArizeClientOptions, type ChangeableOptions, readOptions } from "./config/client-options.ts";
import { registerContext } from "./facade/client-registry.ts";
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
  /** The address that requests are sent to, without a trailing `/` or `/v2`. */
  readonly baseUrl: string;
  /** The users of the account. */
  readonly users: Users;
  /** The organizations of the account, and who is in them. */
  readonly organizations: Organizations;
  readonly #context: ClientContext;

  constructor(options?: ArizeClientOptions);
  /** @internal */
  constructor(options: undefined, context: ClientContext);
  constructor(options?: ArizeClientOptions, context = createClientContext(readOptions(options))) {
    registerContext(this, context);
    this.#context = context;
    Object.defineProperty(this, RUN_BATCH, {
      value: (run: Parameters<typeof runBatch>[1]) => runBatch(context, run),
    });
    this.baseUrl = context.settings.baseUrl;
    this.users = new Users(context);
    this.organizations = new Organizations(context);
  }

  /**
   * A client with some options changed, of the same account: both share the pause after a 429, the budget of retries, and what
   * was learned of the server. `headers` are added to those of this client, which stays as it is.
   *
   * @throws a {@link ValidationError} where an option breaks its rule, or is the key or the address, which cannot be changed.
   * @example
   * const patient = client.withOptions({ timeoutMs: 120_000, maxRetries: 10 });
   * await patient.users.list();
   */
  withOptions(options: ChangeableOptions): ArizeClient {
    return new ArizeClient(undefined, changeContext(this.#context, options));
  }
}
