/**
 * A warning about a method whose API may still change. Emitted once per process and method.
 *
 * @example
 * import { ArizeClient, type PrereleaseWarning } from "ax-users";
 *
 * const log = ({ key, stage }: PrereleaseWarning) => console.log(key, stage);
 * const client = new ArizeClient({ prereleaseWarnings: log });
 * await client.users.list();
 */
export interface PrereleaseWarning {
  /** The method: `users.list`, `users.bulk_delete`. */
  key: string;
  /** The least stable release stage of the operations that the method uses. */
  stage: "alpha" | "beta";
  /** The code for `node --disable-warning`: `AX_USERS_ALPHA` or `AX_USERS_BETA`. */
  code: string;
  /** The text of the warning. */
  message: string;
}
