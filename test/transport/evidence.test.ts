/** What the outermost error with a code says counts, whatever it has for a cause. */
import { ArizeClient } from "ax-users";
import { expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";

const refused = () =>
  Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED", syscall: "connect" });

test.each([
  "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_RENEGOTIATION_DISABLED",
  "ERR_HTTP2_STREAM_ERROR",
  "UND_ERR_SOCKET",
  "HPE_INVALID_CONSTANT",
  "EPIPE",
])("%s of a connection proves nothing, also where a connect failed before or after it", async (code) => {
  const causes = [refused(), new AggregateError([refused(), refused()])];
  for (const cause of causes) {
    let sent = 0;
    const fetch = () => {
      sent += 1;
      const lost = Object.assign(new Error("lost"), { code, cause });
      return Promise.reject(new TypeError("fetch failed", { cause: lost }));
    };
    const baseUrl = "https://ax.example";
    const { users } = new ArizeClient({ apiKey: "test-key", baseUrl, prereleaseWarnings: false, fetch });
    const error = await rejection(users.resendInvitation({ userId: "u1" }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    expect(sent).toBe(1);
  }
});
