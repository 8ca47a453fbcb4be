/** A role: predefined, or a custom one of this account. */
export type Role<Name extends string> =
  | {
      /** A predefined role. */
      type: "predefined";
      /** The name of the role. */
      name: Name;
    }
  | {
      /** A custom role. */
      type: "custom";
      /** Its global ID. */
      id: string;
      /** Display name. */
      name?: string;
    };

export const isAnnotator = ({ type, name }: Role<string>): boolean =>
  type === "predefined" && name === "annotator";

/** Account annotators are annotators in an organization, and nobody else is. */
export const fitsAccountRole = (role: Role<string>, accountRole: Role<string>): boolean =>
  isAnnotator(role) === isAnnotator(accountRole);
