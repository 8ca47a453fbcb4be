/** Arguments of the roster functions that are wrong. */
import { ValidationError } from "ax-users";
import {
  applyPlan,
  type Journal,
  memoryJournal,
  openPlan,
  parseRoster,
  planRoster,
  readRosterFile,
  resumePlan,
  toCsv,
} from "ax-users/roster";
import { expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { wrong } from "../inputs/account.ts";
import { NEW, openSeeded } from "./seeded-account.ts";

const WITH_PASSWORD = { ...NEW, invite_mode: "temporary_password" };

test("arguments that break a rule are a ValidationError, and nothing is changed", async () => {
  const { client, sandbox } = await openSeeded({}, 0);
  const plan = await planRoster(client, [WITH_PASSWORD]);
  const opened = await openPlan(client, plan);
  const id = opened.changes[0]?.id ?? "";
  const journal = memoryJournal();
  const calls: [call: () => Promise<unknown>, message: RegExp][] = [
    [() => parseRoster(wrong(null)), /^parseRoster: data must be a string or a Uint8Array, received null$/],
    [() => parseRoster("email", wrong(5)), /^parseRoster: options must be an object, received 5$/],
    [() => readRosterFile("people.csv", wrong(null)), /^readRosterFile: options must be an object/],
    [() => planRoster(client, wrong(null)), /^roster: must be a list of rows, received null$/],
    [() => planRoster(client, wrong({ people: null })), /^planRoster: roster must have people/],
    [() => planRoster(client, [], wrong(null)), /^planRoster: options must be an object, received null$/],
    [() => planRoster(client, [], { signal: wrong("x") }), /^planRoster: signal must be an AbortSignal/],
    [() => applyPlan(client, plan, { passwords: wrong({}) }), /^applyPlan: passwords must be a function, or/],
    [() => applyPlan(client, plan, { passwords: wrong(5) }), /^applyPlan: passwords must be a function, or/],
    [() => applyPlan(client, plan, { journal: wrong({}) }), /^applyPlan: journal must have the methods open/],
    [() => applyPlan(client, plan, { onResult: wrong(5) }), /^applyPlan: onResult must be a function/],
    [() => applyPlan(client, plan, { onProgress: wrong("") }), /^applyPlan: onProgress must be a function/],
    [() => resumePlan(client, wrong<Journal>(undefined)), /^resumePlan: journal must have the methods/],
    [() => opened.applyChange(id, wrong(undefined)), /^applyChange: options must be an object/],
    [() => opened.applyChange(id, wrong({})), /^applyChange: journal must have the methods/],
    [() => opened.applyChange(id, { journal, passwords: wrong({}) }), /^applyChange: passwords must be/],
    [async () => toCsv(wrong(null)), /^toCsv: rows must be a list of rows, received null$/],
  ];
  for (const [call, message] of calls) {
    const error = await rejection(call());
    expect(error, String(message)).toBeInstanceOf(ValidationError);
    expect((error as Error).message).toMatch(message);
  }
  expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
});

test("a signal may be a polyfill without throwIfAborted", async () => {
  const { client } = await openSeeded({}, 0);
  const { signal } = new AbortController();
  const polyfill = {
    aborted: false,
    addEventListener: signal.addEventListener.bind(signal),
    removeEventListener: signal.removeEventListener.bind(signal),
  };
  expect(await planRoster(client, [NEW], { signal: wrong(polyfill) })).toMatchObject({
    counts: { create: 1 },
  });
});
