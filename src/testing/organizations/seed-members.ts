import { complaint } from "../require.ts";
import { fitsAccountRole, isAnnotator } from "../role.ts";
import { newIds } from "../seeds/ids.ts";
import { readRole, readText, requireUnique } from "../seeds/read-seed.ts";
import type { StoredUser } from "../users/users.ts";
import { ORGANIZATION_ROLE_NAMES } from "../vocabulary.ts";
import type { SandboxMember, SeedMember } from "./types.ts";

/** Checks and completes the initial members of all organizations. */
export class MemberReader {
  readonly #users: ReadonlyMap<string, StoredUser>;
  readonly #newId: () => string;
  readonly #requireUniqueId = requireUnique("among the seeds");

  constructor(users: readonly StoredUser[], allSeeds: readonly SeedMember[]) {
    const asked = new Set(allSeeds.map(({ membershipId }) => membershipId));
    this.#newId = newIds("AccountOrganizationMembership", 0, (id) => asked.has(id));
    this.#users = new Map(users.map((user) => [user.id, user]));
  }

  /** Reads the members of one organization, by user ID. */
  read(argument: string, seeds: readonly SeedMember[]): Map<string, SandboxMember> {
    const requireUniqueUser = requireUnique("in its organization");
    const members = new Map<string, SandboxMember>();
    for (const [index, seed] of seeds.entries()) {
      const member = this.#readOne(`${argument}[${index}]`, seed);
      requireUniqueUser(`${argument}[${index}].userId`, member.userId);
      this.#requireUniqueId(`${argument}[${index}].membershipId`, member.membershipId);
      members.set(member.userId, member);
    }
    return members;
  }

  #readOne(argument: string, seed: SeedMember): SandboxMember {
    const user = this.#users.get(seed.userId);
    if (!user || user.status === "inactive") {
      throw new TypeError(
        complaint(`${argument}.userId`, "the ID of a user who is not inactive", seed.userId),
      );
    }
    const usualRole = isAnnotator(user.role) ? "annotator" : "member";
    const { role: seedRole = usualRole, membershipId = this.#newId() } = seed;
    const role = readRole(`${argument}.role`, seedRole, ORGANIZATION_ROLE_NAMES);
    if (!fitsAccountRole(role, user.role)) {
      const rule = "annotator if that is the user's account role, and only then";
      throw new TypeError(complaint(`${argument}.role`, rule, seed.role));
    }
    return {
      userId: user.id,
      role,
      membershipId: readText(`${argument}.membershipId`, membershipId),
    };
  }
}
