/** A body as far as it was read. */
export interface BodyText {
  readonly text: string;
  /** Whether it is larger than the limit, so that the rest was not read. */
  readonly isCut: boolean;
}

/** Of an error's body no more is read; a problem document is a few hundred bytes. */
export const LARGEST_ERROR_BODY = 64 * 1024;

/** Reads a body up to so many bytes, as they are after decompression. */
export async function readBody(response: Response, mostBytes: number, mayCut: boolean): Promise<BodyText> {
  const { headers, body } = response;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  // HTTP itself holds such a body to its length. A page of another origin may not see that it is compressed.
  const isBounded =
    length <= mostBytes && headers.get("content-encoding") === null && response.type !== "cors";
  // Some a test's fetch gives have a body that is no stream.
  if (isBounded || typeof body?.getReader !== "function")
    return { text: await response.text(), isCut: false };
  const reader = body.getReader();
  if (!mayCut && length > mostBytes) {
    stop(reader);
    return { text: "", isCut: true };
  }
  return readStream(reader, mostBytes);
}

async function readStream(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mostBytes: number,
): Promise<BodyText> {
  const decoder = new TextDecoder();
  let text = "";
  let leftBytes = mostBytes;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    text += decoder.decode(value.subarray(0, leftBytes), { stream: true });
    leftBytes -= value.length;
    if (leftBytes >= 0) continue;
    stop(reader);
    return { text, isCut: true };
  }
}

/** Closes the connection. Nobody waits for it, nor for a stream that fails to. */
function stop(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.cancel().catch(() => {});
}
