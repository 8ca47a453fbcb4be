type Kind = "User" | "Organization" | "AccountOrganizationMembership";

/** An ID in the API's form. */
export const toId = (kind: Kind, number: number): string =>
  Buffer.from(`${kind}:${number}`).toString("base64");

/** Gives IDs of higher and higher numbers, the first above `lastNumber`, but none that is taken. */
export function newIds(kind: Kind, lastNumber: number, isTaken: (id: string) => boolean): () => string {
  let number = lastNumber;
  return () => {
    do number += 1;
    while (isTaken(toId(kind, number)));
    return toId(kind, number);
  };
}
