/** What each sandbox holds at first. All IDs are base64, since the Go SDK takes anything else for an address. */
import type { SeedOrganization, SeedUser } from "ax-users/testing";

const userId = (name: string): string => btoa(`User:${name}`);

export const ADA = userId("ada");
export const GRACE = userId("grace");
export const ALAN = userId("alan");
export const EDSGER = userId("edsger");
export const ANNIE = userId("annie");
export const BARBARA = userId("barbara");
/** With a slash, which a path has to escape. */
export const ODD = userId("?");
export const NOBODY = userId("nobody");
export const guestId = (number: number): string => userId(`guest-${number}`);

export const RESEARCH = btoa("Organization:research");
export const SALES = btoa("Organization:sales");
/** As in the vendor's document. */
export const UNPADDED = "T3JnYW5pemF0aW9uOjEwMDE6eFl6Vw";
export const NO_ORGANIZATION = btoa("Organization:none");

export const USERS: SeedUser[] = [
  { id: ADA, email: "ada@example.com", name: "Ada Lovelace", role: "admin" },
  { id: GRACE, email: "Grace@example.com", name: "Grace Hopper", status: "invited" },
  { id: ALAN, email: "alan@example.com", name: "Alan Turing", status: "expired" },
  { id: EDSGER, email: "edsger@example.com", status: "inactive" },
  { id: ANNIE, email: "annie+notes@example.com", role: "annotator" },
  { id: BARBARA, email: "barbara@example.com", role: { type: "custom", id: "r1", name: "Power user" } },
  { id: ODD, email: "odd@example.com" },
  ...Array.from({ length: 55 }, (_, index) => ({
    id: guestId(index),
    email: `${index}guest@example.org`,
  })),
  // Found with 55 others by its address, and after them.
  { id: userId("guest"), email: "guest@example.org" },
];

export const ORGANIZATIONS: SeedOrganization[] = [
  {
    id: RESEARCH,
    name: "Research",
    description: "Basic research",
    members: [{ userId: ADA, role: "admin" }, { userId: ANNIE }, { userId: guestId(1) }],
  },
  { id: SALES, name: "Sales & Care", members: [{ userId: guestId(2), role: "read-only" }] },
  { name: "Oslo" },
  { id: UNPADDED, name: "Support" },
  ...Array.from({ length: 55 }, (_, index) => ({ name: `Team ${index}` })),
];
