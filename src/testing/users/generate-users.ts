import { madeUpCreationMs } from "../seeds/creation.ts";
import { toId } from "../seeds/ids.ts";
import type { SandboxRole, SandboxUser } from "./types.ts";
import { isDeveloperByRole, type StoredUser } from "./users.ts";

const FIRST_NAMES =
  "Ada Grace Alan Edsger Barbara Donald Frances John Margaret Dennis Katherine Ken Radia Tim Shafi Leslie " +
  "Hedy Linus Adele Niklaus Mary Claude Joan Vint Karen Tony Annie Robin Sophie Bjarne Lynn Guido Anita Brian " +
  "Jean Yukihiro Fei Ravi Amina Diego Mei";
const LAST_NAMES =
  "Lovelace Hopper Turing Dijkstra Liskov Knuth Allen Backus Hamilton Ritchie Johnson Thompson Perlman Lee " +
  "Goldwasser Lamport Lamarr Torvalds Goldberg Wirth Keller Shannon Clarke Cerf Jones Hoare Easley Milner " +
  "Wilson Stroustrup Conway Rossum Borg Kernighan Bartik Matsumoto Okafor";

/**
 * Generates users, the same ones every time. One in ten is invited, one in twenty is expired, and the others are active. Most
 * are members.
 */
export function generateUsers(count: number): StoredUser[] {
  // The lengths of the two lists have no common factor, so a full name repeats only after 1,517 users.
  const firstNames = FIRST_NAMES.split(" ");
  const lastNames = LAST_NAMES.split(" ");
  return Array.from({ length: count }, (_, index) => {
    const first = firstNames[index % firstNames.length] ?? "";
    const last = lastNames[index % lastNames.length] ?? "";
    const email = `${first}.${last}.${String(index + 1).padStart(4, "0")}@example.com`.toLowerCase();
    const role = roleOf(index);
    return {
      id: toId("User", index + 1),
      name: `${first} ${last}`,
      email,
      emailKey: email,
      status: statusOf(index),
      role,
      isDeveloper: isDeveloperByRole(role),
      createdAtMs: madeUpCreationMs(index),
    };
  });
}

function statusOf(index: number): SandboxUser["status"] {
  if (index % 10 === 3) return "invited";
  return index % 20 === 7 ? "expired" : "active";
}

function roleOf(index: number): SandboxRole {
  if (index % 25 === 0) return { type: "predefined", name: "admin" };
  return { type: "predefined", name: index % 7 === 5 ? "annotator" : "member" };
}
