type Kind = "User" | "Organization" | "AccountOrganizationMembership";

/** An ID in the format of the API. */
export const toId = (kind: Kind, number: number): string =>
  Buffer.from(`${kind}:${number}`).toString("base64");

/** Generates IDs with increasing numbers above `lastNumber`, skipping IDs that are taken. */
export function newIds(kind: Kind, lastNumber: number, isTaken: (id: string) => boolean): () => string {
  let number = lastNumber;
  return () => {
    do number += 1;
    while (isTaken(toId(kind, number)));
    return toId(kind, number);
  };
}
