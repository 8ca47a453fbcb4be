import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { Core } from "./core.ts";
import type { Method } from "./method.ts";
import { type PageData, PagePromise } from "./pages.ts";
import { warnOnce } from "./prerelease.ts";
import type { ObjectSchema } from "./schema.ts";
import { openScope, type Scope } from "./scope.ts";
import { namesOf, readParams, toRequest } from "./validate.ts";

/** A method that lists: what it takes, and how it gets one page. */
export interface ListMethod<Query, T> {
  readonly method: Method;
  /** Of the query. */
  readonly schema: ObjectSchema;
  load(core: Core, scope: Scope, query: Query): Promise<PageData<T>>;
}

/** Runs one. The arguments are read now, and what is wrong with them is told to who asks for a page. */
export function runList<Query, T>(
  core: Core,
  { method: { name, key, uses }, schema, load }: ListMethod<Query, T>,
  params: { readonly cursor?: string | undefined },
  options: RequestOptions | undefined,
): PagePromise<T> {
  warnOnce(core, key, uses);
  const given = settled(() => ({
    query: toRequest<Query>(name, schema, readParams(name, params, namesOf(schema))),
    options: readRequestOptions(name, options),
  }));
  return new PagePromise(async (cursor) => {
    const { query, options } = given();
    return load(core, openScope(core, name, options), { ...query, ...(cursor && { cursor }) });
  }, params?.cursor);
}

/** Makes a value now, and gives it or throws its failure each time it is asked for. */
function settled<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
