/** Replaces the names of `planRoster`'s options in a text by the options of `ax-users plan`. */
export const withFlags = (text: string): string =>
  text
    .replaceAll("maxRemovals: ", "--max-removals ")
    .replaceAll("maxRemovals", "--max-removals")
    .replaceAll("removeAdmins", "--remove-admins")
    .replaceAll("(see renew)", "(see --renew)")
    .replaceAll("or pass format", "or pass --format");
