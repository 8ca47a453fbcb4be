/** Of an error's body no more is read; a problem document is a few hundred bytes. */
export const LARGEST_ERROR_BODY = 64 * 1024;

/** A body as far as it was read, and whether it is larger than the limit, so that the rest was not read. */
type BodyText = readonly [text: string, isCut: boolean];

/** Reads a body up to so many bytes, as they are after decompression. */
export async function readBody(response: Response, mostBytes: number, mayCut: boolean): Promise<BodyText> {
  const { headers, body } = response;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  // HTTP itself holds such a body to its length. A page of another origin may not see that it is compressed.
  const isBounded =
    length <= mostBytes && headers.get("content-encoding") === null && response.type !== "cors";
  // Some a test's fetch gives have a body that is no stream.
  if (isBounded || typeof body?.getReader !== "function") return [await response.text(), false];
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let leftBytes = !mayCut && length > mostBytes ? -1 : mostBytes;
  while (leftBytes >= 0) {
    const { done, value } = await reader.read();
    if (done) return [text + decoder.decode(), false];
    text += decoder.decode(value.subarray(0, leftBytes), { stream: true });
    leftBytes -= value.length;
  }
  // Closes the connection. Nobody waits for it, nor for a stream that fails to.
  reader.cancel().catch(() => {});
  return [text, true];
}
