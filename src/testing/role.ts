/** A role: predefined, or a custom one of this account. */
export type Role<Name extends string> =
  | { type: "predefined"; name: Name }
  | { type: "custom"; id: string; name?: string };

export const isAnnotator = ({ type, name }: Role<string>): boolean =>
  type === "predefined" && name === "annotator";

/** The role in an organization must be `annotator` if and only if the account role is. */
export const fitsAccountRole = (role: Role<string>, accountRole: Role<string>): boolean =>
  isAnnotator(role) === isAnnotator(accountRole);
