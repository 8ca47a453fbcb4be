import { expect, test } from "vitest";
import { Pacer } from "../../src/throttle/pacer.ts";

/** When the next request may be sent, after a second rejection that follows exactly one success. */
function nextAfterTwoRejections(successes: number, between: (pacer: Pacer) => void): number {
  const pacer = new Pacer();
  for (let now = 0; now < successes; now += 1) {
    pacer.sent(now);
    pacer.gotThrough(now);
  }
  pacer.rejected(100, 1_000);
  between(pacer);
  pacer.sent(1_100);
  pacer.gotThrough(1_120);
  pacer.rejected(1_200, 1_000);
  pacer.sent(2_200);
  return pacer.nextAt;
}

// The lookups of a bulk call may be rejected as well.
test("successes before the first rejection still count after a restart", () => {
  const restart = (pacer: Pacer) => pacer.restart();
  expect(nextAfterTwoRejections(10, restart)).toBe(nextAfterTwoRejections(10, () => {}));
  expect(nextAfterTwoRejections(1, restart)).toBe(nextAfterTwoRejections(1, () => {}));
});
