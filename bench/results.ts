/** What was measured, and what is made of it. */
import type { PeerName } from "./clients/peers.ts";

export type PerPeer<Value> = Partial<Record<PeerName, Value>>;

export type Unit = "µs" | "ms" | "s" | "bytes" | "requests" | "calls" | "users" | "modules" | "times";

/** Ours is at most so much, or so many times what a peer has. */
export interface Limit {
  readonly atMost: number;
  readonly times?: PeerName;
}

export interface Result {
  readonly subject: string;
  readonly name: string;
  readonly unit: Unit;
  /** A figure for each round. */
  readonly values: PerPeer<number[]>;
  /** Left out, less is better. */
  readonly moreIsBetter?: boolean;
  readonly limits?: readonly Limit[];
  /** What the guard holds against the baseline: ours, or how many times that of bare fetch it is. */
  readonly guard?: "ours" | "times fetch";
}

/** All that one run gave. */
export interface Run {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly seconds: number;
  readonly results: readonly Result[];
}

export interface Spread {
  readonly median: number;
  /** Between these two lies the middle half of the rounds. */
  readonly lower: number;
  readonly upper: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), lower: quantile(sorted, 0.25), upper: quantile(sorted, 0.75) };
}

/** Between two rounds, as far from each as its share says. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [below = Number.NaN, above = below] = sorted.slice(Math.floor(place));
  return below + (above - below) * (place % 1);
}

export const medianOf = (values: readonly number[]): number => spreadOf(values).median;

/**
 * How many times the figure of another one is. Where both have as many rounds, the median of the rounds' own ratios, since
 * what else the machine does strikes both of a round alike; else the ratio of the medians.
 */
export function timesOf({ values }: Result, one: PeerName, other: PeerName): number | undefined {
  const [ones, others] = [values[one] ?? [], values[other] ?? []];
  if (ones.length === 0 || others.length === 0) return undefined;
  if (ones.length !== others.length) return medianOf(ones) / medianOf(others);
  return medianOf(ones.map((value, round) => value / (others[round] ?? Number.NaN)));
}

/** The figure that a limit is about. Undefined where it was not measured. */
export function limited(result: Result, { times }: Limit): number | undefined {
  if (times) return timesOf(result, "ours", times);
  const { ours = [] } = result.values;
  return ours.length > 0 ? medianOf(ours) : undefined;
}

/** Something else of the rounds of each peer. */
export function mapRounds<Measured, Other>(
  measured: PerPeer<readonly Measured[]>,
  of: (rounds: readonly Measured[]) => Other[],
): PerPeer<Other[]> {
  return Object.fromEntries(Object.entries(measured).map(([name, rounds]) => [name, of(rounds)]));
}

/** A figure of each round of each peer. */
export const pick = <Measured>(
  measured: PerPeer<readonly Measured[]>,
  figure: (measured: Measured) => number,
): PerPeer<number[]> => mapRounds(measured, (rounds) => rounds.map(figure));
