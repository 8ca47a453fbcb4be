/** Every enum value of the API, as the alpha dialect spells it and as the current one does. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  active: "ACTIVE",
  invited: "INVITED",
  expired: "EXPIRED",
  predefined: "PREDEFINED",
  custom: "CUSTOM",
  admin: "ADMIN",
  member: "MEMBER",
  annotator: "ANNOTATOR",
  "read-only": "READ_ONLY",
  none: "NONE",
  email_link: "EMAIL_LINK",
  temporary_password: "TEMPORARY_PASSWORD",
};
