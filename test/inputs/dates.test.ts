import { UnexpectedResponseError } from "ax-users";
import { describe, expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { serveUsers } from "./account.ts";

test.each([
  ["2024-01-01T12:00:00Z", "2024-01-01T12:00:00.000Z"],
  ["2024-01-01t12:00:00z", "2024-01-01T12:00:00.000Z"],
  ["2024-02-29T23:59:59.5+00:00", "2024-02-29T23:59:59.500Z"],
  ["2024-01-01T12:00:00.123456789012Z", "2024-01-01T12:00:00.123Z"],
  ["2024-01-01T00:30:00.1+05:30", "2023-12-31T19:00:00.100Z"],
  ["2024-01-01T12:00:00.5+11:00", "2024-01-01T01:00:00.500Z"],
  ["2024-12-31T20:00:00-08:00", "2025-01-01T04:00:00.000Z"],
  ["2024-01-01T12:00:00-00:00", "2024-01-01T12:00:00.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.250Z"],
  ["1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z"],
])("%s is %s", async (created_at, expected) => {
  const { data } = await (await serveUsers({ created_at }, {})).client().users.list();
  expect(data.map(({ createdAt }) => createdAt.toISOString())).toEqual([
    expected,
    "2024-01-01T12:00:00.000Z",
  ]);
});

describe.each([0, 1, 99, 100, 400, 1600, 1900, 2000, 2023, 2024, 2100, 9999])("in the year %i", (year) => {
  const days = (ofMonth: (month: number) => number) =>
    Array.from({ length: 12 }, (_, month) => {
      const [yyyy, mm, dd] = [year, month + 1, ofMonth(month)].map(String);
      return `${yyyy?.padStart(4, "0")}-${mm?.padStart(2, "0")}-${dd?.padStart(2, "0")}T23:59:59.999Z`;
    });
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const length = (month: number) => Number(lengths[month]);

  test("the first and the last day of each month are read", async () => {
    const dates = [...days(() => 1), ...days(length)];
    const server = await serveUsers(...dates.map((created_at) => ({ created_at })));
    const { data } = await server.client().users.list();
    expect(data.map(({ createdAt }) => createdAt.toISOString())).toEqual(dates);
  });

  test("the day after the last is none", async () => {
    const missing = days((month) => length(month) + 1).filter((_, month) => length(month) < 31);
    expect(missing).toHaveLength(5);
    for (const created_at of missing) {
      const error = await rejection((await serveUsers({ created_at })).client().users.list());
      expect(error, created_at).toBeInstanceOf(UnexpectedResponseError);
    }
  });
});

test.each([
  ["a word with a number", "user 7"],
  ["a number as text", "1704110400"],
  ["a day that the month does not have", "2024-02-30T00:00:00Z"],
  ["the 29th of February in another year", "2023-02-29T00:00:00Z"],
  ["a month 13", "2024-13-01T00:00:00Z"],
  ["a month 0", "2024-00-01T00:00:00Z"],
  ["a day 0", "2024-01-00T00:00:00Z"],
  ["an hour 24", "2024-01-01T24:00:00Z"],
  ["a minute 60", "2024-01-01T12:60:00Z"],
  ["a second 60 at noon", "2024-01-01T12:00:60Z"],
  ["a second 60 that is none in UTC", "2016-12-31T23:59:60+01:00"],
  ["a second 61", "2016-12-31T23:59:61Z"],
  ["no offset", "2024-01-01T12:00:00"],
  ["an offset without minutes", "2024-01-01T12:00:00+02"],
  ["an offset of a day", "2024-01-01T12:00:00+24:00"],
  ["a date alone", "2024-01-01"],
  ["a time without seconds", "2024-01-01T12:00Z"],
  ["a space for the T", "2024-01-01 12:00:00Z"],
  ["a fraction without digits", "2024-01-01T12:00:00.Z"],
  ["a line break after it", "2024-01-01T12:00:00Z\n"],
  ["the form of an e-mail", "Mon, 01 Jan 2024 12:00:00 GMT"],
])("%s is no date", async (_, created_at) => {
  const error = await rejection((await serveUsers({ created_at })).client().users.list());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty(
    "message",
    expect.stringContaining("users[0].created_at must be a date and time of RFC 3339, received string"),
  );
});
