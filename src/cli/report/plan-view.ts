/** Plans for people. */
import type { Change, Plan } from "ax-users/roster";
import { withFlags } from "../args/flags.ts";
import { linesFor, people } from "../confirm.ts";
import type { Column } from "../io/output.ts";

const INFORMATION = ["unchanged", "unchangeable", "pending"];

/** The changes that are made. */
export const writesOf = ({ changes }: Plan): Change[] =>
  changes.filter(({ kind }) => !INFORMATION.includes(kind));

/**
 * The changes to show: those that the plan makes, those that it cannot or may not make, and people to remove who are not in
 * the account, since their addresses may be misspelt.
 */
export const shownChanges = ({ changes }: Plan): Change[] =>
  changes.filter(({ kind, note = "" }) => kind !== "unchanged" || /^(kept|not in the account)/.test(note));

/** Whether one of the changes creates a temporary password. */
export const givesPasswords = (changes: readonly Change[]): boolean =>
  changes.some(({ to }) => to?.inviteMode === "temporary_password");

/** The removals from the account. */
export const removalsOf = (changes: readonly Change[]): Change[] =>
  changes.filter(({ kind }) => kind === "delete");

export const CHANGE_COLUMNS: readonly Column<Change>[] = [
  ["change", ({ kind }) => kind.replaceAll("_", " ")],
  ["email", ({ email }) => email],
  ["details", detailsOf],
];

function detailsOf(change: Change): string {
  const { kind, seen, to, organization, role } = change;
  const parts: string[] = [];
  if (organization) parts.push(role === undefined ? organization.name : `${organization.name} as ${role}`);
  if (kind === "delete" && seen) parts.push(`${seen.name}, ${seen.status}, ${seen.role}`);
  if (kind === "create" || kind === "renew") parts.push(`${to?.name}, ${to?.role}, ${to?.inviteMode}`);
  if (kind === "update" && to?.name !== undefined) parts.push(`name: ${seen?.name} → ${to.name}`);
  if (kind === "update" && to?.isDeveloper !== undefined) parts.push(`developer: ${to.isDeveloper}`);
  return [...parts, ...notesOf(change)].join("; ");
}

function notesOf({ kind, note }: Change): string[] {
  if (note !== undefined) return [withFlags(note)];
  return kind === "pending" ? ["invited, but has not accepted yet"] : [];
}

/** `2 create, 1 delete`. */
export function countsOf({ counts }: Plan): string {
  const parts = Object.entries(counts).flatMap(([kind, count]) =>
    count > 0 ? [`${count} ${kind.replaceAll("_", " ")}`] : [],
  );
  return parts.join(", ") || "nothing";
}

/** The text of a plan before the question. */
export async function preview(changes: readonly Change[]): Promise<string> {
  const removals = removalsOf(changes);
  const shown = await linesFor(removals, (change) => `${change.email}  ${detailsOf(change)}`);
  const others = changes.length - removals.length;
  if (removals.length === 0) return `Changes: ${others}. Nobody is removed.`;
  const rest = others > 0 ? [`Other changes: ${others}.`] : [];
  return [`${people(removals.length)} will be removed for good:`, ...shown, ...rest].join("\n");
}
