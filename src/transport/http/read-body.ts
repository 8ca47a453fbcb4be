/** The most bytes of an error's body that are read. A problem document has a few hundred. */
export const LARGEST_ERROR_BODY = 64 * 1024;

/** The text of a body, and whether it was cut because the body exceeds the limit. */
interface BodyText {
  readonly text: string;
  readonly isCut: boolean;
}

/** Reads at most `mostBytes` bytes of a body, counted after decompression. */
export async function readBody(response: Response, mostBytes: number, mayCut: boolean): Promise<BodyText> {
  const { headers, body } = response;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  // HTTP limits such a body to its Content-Length. In a cross-origin page, Content-Encoding may not be visible.
  const isBounded =
    length <= mostBytes && headers.get("content-encoding") === null && response.type !== "cors";
  // The body of a mocked response may not be a stream.
  if (isBounded || typeof body?.getReader !== "function")
    return { text: await response.text(), isCut: false };
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let leftBytes = !mayCut && length > mostBytes ? -1 : mostBytes;
  while (leftBytes >= 0) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, leftBytes), { stream: true });
    leftBytes -= value.length;
  }
  // Closes the connection, without waiting for it. A failure to close does not matter.
  reader.cancel().catch(() => {});
  return { text, isCut: true };
}
