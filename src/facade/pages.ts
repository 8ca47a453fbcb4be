import { unknownArguments } from "../config/unknown-arguments.ts";
import { UnexpectedResponseError, ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";

/** The position of a page in its list. */
export interface Pagination {
  /** The `cursor` of the next page. Missing on the last page. */
  nextCursor?: string;
  /** Whether another page follows. */
  hasMore: boolean;
}

/**
 * One page of a list. Iterating it yields its own items.
 *
 * @example
 * for await (const user of await client.users.list({ limit: 10 })) console.log(user.email); // at most ten
 */
export interface Page<T> extends AsyncIterable<T> {
  /** The items. May be empty even if there are more on the next page. */
  data: T[];
  /** The position in the list. */
  pagination: Pagination;
  /**
   * Returns the next page, or null after the last one.
   *
   * @throws an {@link UnexpectedResponseError} if the server's cursor leads back to a page that was already read, or
   * 1,000 pages in a row were empty.
   */
  nextPage(): Promise<Page<T> | null>;
}

/** The result of one request for a page. */
export type PageData<T> = Pick<Page<T>, "data" | "pagination">;

/** Makes a page from a response. A cursor on the last page is dropped. */
export const toPage = <T>(data: T[], { hasMore, nextCursor }: Pagination): PageData<T> => ({
  data,
  pagination: { hasMore, ...(hasMore && nextCursor && { nextCursor }) },
});

/** Loads one page. */
export type Load<T> = (cursor: string | undefined) => Promise<PageData<T>>;

/**
 * A list that is read on demand. Awaiting it returns the first page; iterating it yields all items.
 *
 * - Nothing is sent until it is awaited or iterated.
 * - Awaiting it again returns the same page. Each iteration starts again from the first page.
 * - An empty page does not end an iteration if the server reports more, up to 1,000 empty pages in a row.
 * - Each page has its own deadline.
 * - Without a `limit`, an awaited page has up to 50 items, and a page of an iteration up to 100.
 *
 * @example
 * const page = await client.users.list({ limit: 10 });
 * for await (const user of client.users.list()) console.log(user.email);
 */
export class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  /** then(), catch() and finally() return plain promises, since their results are not pages. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #load: Load<T>;
  readonly #cursor: string | undefined;
  readonly #loadToWalk: Load<T>;
  #first: Promise<Page<T>> | undefined;

  /** @internal `loadToWalk` loads the pages of an iteration. */
  constructor(load: Load<T>, cursor: string | undefined, loadToWalk = load) {
    super(() => {});
    this.#load = load;
    this.#cursor = cursor;
    this.#loadToWalk = loadToWalk;
  }

  // The engine calls then() for every await, so the first request is sent here.
  // biome-ignore lint/suspicious/noThenProperty: it overrides the one of Promise
  override then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= loadFirst(this.#load, this.#cursor);
    return this.#first.then(onFulfilled, onRejected);
  }

  /**
   * Yields all pages. Each one is requested when the one before has been consumed.
   *
   * @throws the errors of {@link Page.nextPage}.
   * @example
   * for await (const page of client.users.list().pages()) console.log(page.data.length);
   */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let page: Page<T> | null = await loadFirst(this.#loadToWalk, this.#cursor);
    for (; page; page = await page.nextPage()) yield page;
  }

  /** Yields all items, page by page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of walkPages(this.#loadToWalk, this.#cursor)) {
      for (const item of page.data) yield item;
    }
  }

  /**
   * Returns the first `max` items of the list, or all items if there are fewer. Requests no more pages than necessary.
   *
   * @throws a {@link ValidationError} if `max` is not a whole number of at least 1.
   * @example
   * const users = await client.users.list().toArray({ max: 250 });
   */
  async toArray(bound: {
    /** The most items to return, from 1. */
    max: number;
  }): Promise<T[]> {
    const max = bound?.max;
    const issues = unknownArguments(Object(bound), ["max"]);
    if (!(Number.isInteger(max) && max >= 1))
      issues.push(issue("max", "must be a whole number of at least 1", max));
    if (issues.length > 0) throw new ValidationError("toArray", issues);
    const items: T[] = [];
    for await (const item of this) {
      items.push(item);
      if (items.length === max) break;
    }
    return items;
  }
}

/** Returns a list that rejects with an error, whether it is awaited or iterated. */
export const failedPages = <T>(error: unknown): PagePromise<T> =>
  new PagePromise<T>(() => Promise.reject(error), undefined);

/** A server that filters page by page returns this many for 100,000 items. More suggest an endless list. */
const MOST_EMPTY_PAGES = 1_000;

/** A page of an iteration, and the function that loads the next one. */
interface Step<T> extends PageData<T> {
  next(): Promise<Step<T> | null>;
}

/**
 * Yields the pages from a cursor on. Each one is requested when the one before has been consumed. A page has no reference to the
 * next one: once the first page of such a chain is in the old generation, V8's minor garbage collections free none of the
 * chain.
 */
export async function* walkPages<T>(
  load: Load<T>,
  cursor?: string,
): AsyncGenerator<PageData<T>, void, undefined> {
  let step: Step<T> | null = await loadStep(load, cursor, new Set());
  for (; step; step = await step.next()) yield step;
}

/**
 * `seen` has the cursors of all pages so far, to detect a cursor that leads back to one of them.
 * `emptyBefore` is the number of empty pages directly before this one.
 */
async function loadStep<T>(
  load: Load<T>,
  cursor: string | undefined,
  seen: Set<string>,
  emptyBefore = 0,
): Promise<Step<T>> {
  if (cursor !== undefined) seen.add(cursor);
  const { data, pagination } = await load(cursor);
  const emptyPages = data.length === 0 ? emptyBefore + 1 : 0;
  const { hasMore, nextCursor } = pagination;
  const repeated = nextCursor !== undefined && seen.has(nextCursor);
  if (nextCursor !== undefined) seen.add(nextCursor);
  const next = async () => {
    if (!hasMore) return null;
    if (!nextCursor) throw pageError("reports more items, but returns no cursor");
    if (repeated) throw pageError("leads to a page that was read before");
    if (emptyPages === MOST_EMPTY_PAGES) throw pageError(`returned ${MOST_EMPTY_PAGES} empty pages in a row`);
    return loadStep(load, nextCursor, seen, emptyPages);
  };
  return { data, pagination, next };
}

const loadFirst = async <T>(load: Load<T>, cursor: string | undefined): Promise<Page<T>> =>
  toPublicPage(await loadStep(load, cursor, new Set()));

/** Makes a page for callers, who may request the next page several times. */
function toPublicPage<T>({ data, pagination, next }: Step<T>): Page<T> {
  let following: Promise<Page<T> | null> | undefined;
  const forget = (error: unknown): never => {
    following = undefined;
    throw error;
  };
  const nextPage = async () => {
    // Kept, so that a repeated request does not look like a circular cursor. Dropped after a failure, so that it can be retried.
    following ??= next()
      .then((step) => step && toPublicPage(step))
      .catch(forget);
    return following;
  };
  async function* items() {
    yield* data;
  }
  const page = { data, pagination, nextPage, [Symbol.asyncIterator]: items };
  // Not enumerable, so that a page is compared and printed by its data.
  return Object.defineProperty(page, Symbol.asyncIterator, { enumerable: false });
}

const pageError = (what: string): UnexpectedResponseError =>
  new UnexpectedResponseError(`The server's pagination ${what}.`, "not_applied");
