import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "../../src/util/on-abort.ts";

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

test("all actions on a signal share one listener, which goes with the last of them", () => {
  const { signal } = new AbortController();
  const forget = Array.from({ length: 50 }, () => onAbort(signal, () => {}));
  expect(listeners(signal)).toBe(1);
  for (const one of forget.slice(1)) one();
  expect(listeners(signal)).toBe(1);
  forget[0]?.();
  forget[0]?.();
  expect(listeners(signal)).toBe(0);
  const again = onAbort(signal, () => {});
  forget[0]?.();
  expect(listeners(signal)).toBe(1);
  again();
});

test("an abort runs what was not taken back, also where an action takes others back", () => {
  const controller = new AbortController();
  const ran: string[] = [];
  const forgetA = onAbort(controller.signal, () => ran.push("a"));
  onAbort(controller.signal, () => ran.push("b"));
  onAbort(controller.signal, () => ran.push("c"))();
  forgetA();
  controller.abort();
  expect(ran).toEqual(["b"]);
});

test("without a signal there is nothing to do", () => {
  expect(onAbort(undefined, () => {})()).toBeUndefined();
});
