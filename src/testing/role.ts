/** A role: predefined, or a custom one of this account. */
export type Role<Name extends string> =
  | { type: "predefined"; name: Name }
  | { type: "custom"; id: string; name?: string };

export const isAnnotator = ({ type, name }: Role<string>): boolean =>
  type === "predefined" && name === "annotator";

/** Account annotators are annotators in an organization, and nobody else is. */
export const fitsAccountRole = (role: Role<string>, accountRole: Role<string>): boolean =>
  isAnnotator(role) === isAnnotator(accountRole);
