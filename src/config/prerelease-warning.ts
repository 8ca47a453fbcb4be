/**
 * Reported once in a process for each method whose API may still change.
 *
 * @example
 * import { ArizeClient, type PrereleaseWarning } from "ax-users";
 *
 * const tell = ({ key, stage }: PrereleaseWarning) => console.log(key, stage);
 * const client = new ArizeClient({ prereleaseWarnings: tell });
 * await client.users.list();
 */
export interface PrereleaseWarning {
  /** The method: `users.list`, `users.bulk_delete`. */
  key: string;
  /** The least stable stage of what the method uses. */
  stage: "alpha" | "beta";
  /** What `node --disable-warning` takes: `AX_USERS_ALPHA` or `AX_USERS_BETA`. */
  code: string;
  /** The whole warning. */
  message: string;
}
