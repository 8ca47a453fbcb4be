/** A request that can be sent several times. Each attempt adds the headers. */
export interface HttpRequest {
  readonly method: string;
  /** The path in the spec, without IDs: `/v2/users/{user_id}`. */
  readonly template: string;
  readonly url: string;
  readonly body: string | undefined;
}

/** Names a request in messages, without the host and without the query, which may contain an email address. */
export const describe = ({ method, url }: HttpRequest): string => `${method} ${new URL(url).pathname}`;

/** Removes the query of a request from an error message, in any spelling. Deno's messages contain the whole URL. */
export function withoutQuery({ url }: HttpRequest, said: string): string {
  const { search, searchParams } = new URL(url);
  const addresses = [...searchParams.values()].filter((value) => value.includes("@"));
  const spellings = addresses.flatMap((address) => [address, encodeURIComponent(address)]);
  return spellings.reduce(
    (text, spelling) => text.replaceAll(spelling, "[email]"),
    said.replaceAll(search, ""),
  );
}
