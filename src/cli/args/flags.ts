/** Replaces the names of the library's options in a text by those of the command. */
export const withFlags = (text: string): string =>
  text
    .replaceAll("maxRemovals: ", "--max-removals ")
    .replaceAll("maxRemovals", "--max-removals")
    .replaceAll("removeAdmins", "--remove-admins")
    .replaceAll("(allowHttp permits it)", "(--allow-http permits it)")
    .replaceAll("(see renew)", "(see --renew)")
    .replaceAll("or pass format", "or pass --format");
