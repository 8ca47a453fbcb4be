/** A role: one that every account has, or one that this account has made. */
export type Role<Name extends string> =
  | { type: "predefined"; name: Name }
  | { type: "custom"; id: string; name?: string };

export const isAnnotator = ({ type, name }: Role<string>): boolean =>
  type === "predefined" && name === "annotator";

/** Annotators of the account are annotators in an organization, and nobody else is. */
export const fitsAccountRole = (role: Role<string>, accountRole: Role<string>): boolean =>
  isAnnotator(role) === isAnnotator(accountRole);
