/** A value that is there, or a promise of it. A store in this process has its answer at once, another may have to wait for it. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * Goes on with a value: in the same call if it is there, and once it comes if it is a promise. Waiting for what is there costs a
 * request more than looking it up. What `next` throws passes through; `failed` is called if the promise is rejected.
 */
export function goOn<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<R>,
  failed?: (error: Error) => MaybePromise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(next, failed) : next(value);
}
