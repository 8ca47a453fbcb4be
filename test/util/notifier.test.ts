import { expect, test } from "vitest";
import { forEachLimited } from "../../src/util/for-each-limited.ts";
import { Notifier } from "../../src/util/notifier.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";

function setUp() {
  const clock = new VirtualClock();
  const notifier = new Notifier();
  const woken: string[] = [];
  const wait = (name: string, ms = 60_000, signal?: AbortSignal) =>
    notifier.wait(clock, signal, ms).then(
      () => woken.push(name),
      (reason) => woken.push(`${name}: ${reason}`),
    );
  return { clock, notifier, woken, wait };
}

test("those who have waited longest are woken first, as many as are meant", async () => {
  const { notifier, woken, wait } = setUp();
  for (const name of ["a", "b", "c", "d"]) void wait(name);
  await turn();
  notifier.notify(0);
  notifier.notify(-1);
  await turn();
  expect(woken).toEqual([]);
  notifier.notify(1);
  await turn();
  expect(woken).toEqual(["a"]);
  notifier.notify(2);
  await turn();
  expect(woken).toEqual(["a", "b", "c"]);
  notifier.notify();
  await turn();
  expect(woken).toEqual(["a", "b", "c", "d"]);
});

test("a wait ends at its time, and leaves nothing that can be woken", async () => {
  const { clock, notifier, woken, wait } = setUp();
  void wait("short", 2_500);
  void wait("long");
  await clock.advance(2_499);
  expect(woken).toEqual([]);
  await clock.advance(1);
  expect(woken).toEqual(["short"]);
  notifier.notify(1);
  await turn();
  expect(woken).toEqual(["short", "long"]);
});

test("a wait that is aborted leaves nothing that can be woken either", async () => {
  const { notifier, woken, wait } = setUp();
  const controller = new AbortController();
  void wait("aborted", 60_000, controller.signal);
  void wait("other");
  await turn();
  controller.abort("enough");
  await turn();
  notifier.notify(1);
  await turn();
  expect(woken).toEqual(["aborted: enough", "other"]);
});

test("no wait is longer than a second without a timer of its own", async () => {
  const { clock, wait } = setUp();
  void wait("a", 2_500);
  await turn();
  expect(clock.pending).toEqual([1_000]);
  await clock.advance(2_000);
  expect(clock.pending).toEqual([500]);
});

test("work without a promise is done at once, and after a failure none begins", async () => {
  const done: number[] = [];
  await forEachLimited([1, 2, 3], 2, (item) => {
    done.push(item);
    return undefined;
  });
  expect(done).toEqual([1, 2, 3]);
  const failing = forEachLimited([4, 5, 6, 7, 8], 2, async (item) => {
    done.push(item);
    if (item === 4) throw new Error("four");
    await turn();
  });
  await expect(failing).rejects.toThrow("four");
  await turn();
  expect(done).toEqual([1, 2, 3, 4, 5]);
});
