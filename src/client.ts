import { type ClientContext, changeContext, createClientContext } from "./api/client-context.ts";
import { type ArizeClientOptions, type ChangeableOptions, readOptions } from "./config/client-options.ts";
import { registerContext } from "./facade/client-registry.ts";
import { Organizations } from "./organizations/organizations.ts";
import { Users } from "./users/users.ts";

/**
 * A client for one account. All its calls share the pause after a 429 and the retry budget.
 *
 * @throws a {@link ValidationError} with every option that is missing or breaks a rule. It never shows the key.
 * @example
 * import { ArizeClient } from "ax-users";
 *
 * const client = new ArizeClient(); // the key is in ARIZE_API_KEY
 * for await (const user of client.users.list()) console.log(user.email);
 */
export class ArizeClient {
  /** The resolved address of the API, without a trailing `/` or `/v2`. */
  readonly baseUrl: string;
  /** The users of the account. */
  readonly users: Users;
  /** The organizations of the account and their members. */
  readonly organizations: Organizations;
  readonly #context: ClientContext;

  constructor(options?: ArizeClientOptions);
  /** @internal */
  constructor(options: undefined, context: ClientContext);
  constructor(options?: ArizeClientOptions, context = createClientContext(readOptions(options))) {
    registerContext(this, context);
    this.#context = context;
    this.baseUrl = context.settings.baseUrl;
    this.users = new Users(context);
    this.organizations = new Organizations(context);
  }

  /**
   * Returns a client for the same account with some options changed. Both clients share the pause after a 429, the retry budget,
   * and the detected dialect. `headers` are added to those of this client. This client is not changed.
   *
   * @throws a {@link ValidationError} if an option breaks a rule. The key and the address cannot be changed.
   * @example
   * const patient = client.withOptions({ timeoutMs: 120_000, maxRetries: 10 });
   * await patient.users.list();
   */
  withOptions(options: ChangeableOptions): ArizeClient {
    return new ArizeClient(undefined, changeContext(this.#context, options));
  }
}
