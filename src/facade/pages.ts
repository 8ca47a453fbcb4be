import { UnexpectedResponseError, ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";

/** Where a page stands in its list. */
export interface Pagination {
  /** What `cursor` takes to get the next page; only where there is one. */
  nextCursor?: string;
  /** Whether another page follows. */
  hasMore: boolean;
}

/**
 * One page of a list. Iterated, it is its own items.
 *
 * @example
 * for await (const user of await client.users.list({ limit: 10 })) console.log(user.email); // ten at most
 */
export interface Page<T> extends AsyncIterable<T> {
  /** The items; there may be none, and yet more on the next page. */
  data: T[];
  /** Where it stands in the list. */
  pagination: Pagination;
  /**
   * The page after this one; null after the last.
   *
   * @throws an {@link UnexpectedResponseError} where the server's cursors lead back to a page that was read before, or
   * 1,000 pages in a row were empty.
   */
  nextPage(): Promise<Page<T> | null>;
}

/** What one request for a page gives. */
export type PageData<T> = Pick<Page<T>, "data" | "pagination">;

/** A page of the wire. A cursor on the last one leads nowhere that the server speaks of. */
export const toPage = <T>(data: T[], { hasMore, nextCursor }: Pagination): PageData<T> => ({
  data,
  pagination: { hasMore, ...(hasMore && nextCursor && { nextCursor }) },
});

/** Gets one page. */
export type Load<T> = (cursor: string | undefined) => Promise<PageData<T>>;

/**
 * A list, read as far as it is asked for: awaited it is its first page, iterated it is all its items.
 *
 * Nothing is sent before. Awaiting twice gives one and the same page; each iteration starts anew from the
 * first page. An empty page does not end it while the server says that there is more, up to 1,000 of them in a row. Each
 * page has its own deadline. Without a `limit`, an awaited page has up to 50 items, and those of an iteration up to 100.
 *
 * @example
 * const page = await client.users.list({ limit: 10 });
 * for await (const user of client.users.list()) console.log(user.email);
 */
export class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  /** then(), catch() and finally() give plain promises, since what they give is no page any more. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #load: Load<T>;
  readonly #cursor: string | undefined;
  readonly #loadToWalk: Load<T>;
  #first: Promise<Page<T>> | undefined;

  /** @internal `loadToWalk` gets the pages of an iteration. */
  constructor(load: Load<T>, cursor: string | undefined, loadToWalk = load) {
    super(() => {});
    this.#load = load;
    this.#cursor = cursor;
    this.#loadToWalk = loadToWalk;
  }

  // The engine calls then() for every await, which makes it the place to send the first request.
  // biome-ignore lint/suspicious/noThenProperty: it overrides the one of Promise
  override then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#first ??= loadFirst(this.#load, this.#cursor);
    return this.#first.then(onFulfilled, onRejected);
  }

  /**
   * All pages, one after the other, each asked for when the one before was consumed.
   *
   * @throws as {@link Page.nextPage}.
   * @example
   * for await (const page of client.users.list().pages()) console.log(page.data.length);
   */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let page: Page<T> | null = await loadFirst(this.#loadToWalk, this.#cursor);
    for (; page; page = await page.nextPage()) yield page;
  }

  /** All items, as {@link PagePromise.pages} reads them. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of walkPages(this.#loadToWalk, this.#cursor)) {
      for (const item of page.data) yield item;
    }
  }

  /**
   * The first `max` items of all pages, or all where there are fewer; pages beyond are not asked for.
   *
   * @throws a {@link ValidationError} where `max` is no whole number from 1.
   * @example
   * const users = await client.users.list().toArray({ max: 250 });
   */
  async toArray(bound: {
    /** The most items, from 1. */
    max: number;
  }): Promise<T[]> {
    const max = bound?.max;
    if (!(Number.isInteger(max) && max >= 1)) {
      throw new ValidationError("toArray", [issue("max", "must be a whole number from 1", max)]);
    }
    const items: T[] = [];
    for await (const item of this) {
      items.push(item);
      if (items.length === max) break;
    }
    return items;
  }
}

/** A list that fails in whatever way it is read. */
export const failedPages = <T>(error: unknown): PagePromise<T> =>
  new PagePromise<T>(() => Promise.reject(error), undefined);

/** A server that filters page by page gives as many at most for 100,000 items; more are a list without end. */
const MOST_EMPTY_PAGES = 1_000;

/** A page on the way through a list, and how to go on. */
interface Step<T> extends PageData<T> {
  next(): Promise<Step<T> | null>;
}

/**
 * Pages from a cursor on, each asked for when the one before was consumed. None holds on to the next one: a chain of them,
 * once its first link is old, is kept by the garbage collector to its end, read and forgotten as it may be.
 */
export async function* walkPages<T>(
  load: Load<T>,
  cursor?: string,
): AsyncGenerator<PageData<T>, void, undefined> {
  let step: Step<T> | null = await loadStep(load, cursor, new Set());
  for (; step; step = await step.next()) yield step;
}

/**
 * `seen` is shared by all pages of one walk: a cursor that comes again would lead around in a circle.
 * `emptyBefore`: how many pages without an item came just before this one.
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
    if (!nextCursor) throw pageError("says that there are more items, but gives no cursor to them");
    if (repeated) throw pageError("leads to a page that was read before");
    if (emptyPages === MOST_EMPTY_PAGES) throw pageError(`gave ${MOST_EMPTY_PAGES} empty pages in a row`);
    return loadStep(load, nextCursor, seen, emptyPages);
  };
  return { data, pagination, next };
}

const loadFirst = async <T>(load: Load<T>, cursor: string | undefined): Promise<Page<T>> =>
  toPublicPage(await loadStep(load, cursor, new Set()));

/** A page for callers, who may go on from it as often as they like. */
function toPublicPage<T>({ data, pagination, next }: Step<T>): Page<T> {
  let following: Promise<Page<T> | null> | undefined;
  const forget = (error: unknown): never => {
    following = undefined;
    throw error;
  };
  const nextPage = async () => {
    // Kept, since a second look at one page is no circle; forgotten where it failed, to be tried again.
    following ??= next()
      .then((step) => step && toPublicPage(step))
      .catch(forget);
    return following;
  };
  async function* items() {
    yield* data;
  }
  const page = { data, pagination, nextPage, [Symbol.asyncIterator]: items };
  // A page is compared and shown by what is on it.
  return Object.defineProperty(page, Symbol.asyncIterator, { enumerable: false });
}

const pageError = (what: string): UnexpectedResponseError =>
  new UnexpectedResponseError(`The server's pagination ${what}.`, "not_applied");
