/** A request ready to be sent, as often as need be. Each attempt adds the headers. */
export interface HttpRequest {
  readonly method: string;
  /** The path as the spec has it, without IDs: `/v2/users/{user_id}`. */
  readonly template: string;
  readonly url: string;
  readonly body: string | undefined;
}

/** A request as messages name it: no host, and no query, which may hold an address. */
export const describe = ({ method, url }: HttpRequest): string => `${method} ${new URL(url).pathname}`;

/** What was said of a request, without its query in any spelling: Deno repeats the whole URL. */
export function withoutQuery({ url }: HttpRequest, said: string): string {
  const { search, searchParams } = new URL(url);
  const addresses = [...searchParams.values()].filter((value) => value.includes("@"));
  const spellings = addresses.flatMap((address) => [address, encodeURIComponent(address)]);
  return spellings.reduce(
    (text, spelling) => text.replaceAll(spelling, "[email]"),
    said.replaceAll(search, ""),
  );
}
