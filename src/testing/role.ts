/** A role: one that every account has, or one that this account has made. */
export type Role<Name extends string> =
  | {
      /** A role that every account has. */
      type: "predefined";
      /** Which one. */
      name: Name;
    }
  | {
      /** A role that this account has made. */
      type: "custom";
      /** Its global ID. */
      id: string;
      /** For people to read. */
      name?: string;
    };

export const isAnnotator = ({ type, name }: Role<string>): boolean =>
  type === "predefined" && name === "annotator";

/** Annotators of the account are annotators in an organization, and nobody else is. */
export const fitsAccountRole = (role: Role<string>, accountRole: Role<string>): boolean =>
  isAnnotator(role) === isAnnotator(accountRole);
