/** An answer as it is compared: UUIDs stand as `…`. */
export interface FrameworkAnswer {
  readonly status: number;
  /** Undefined for an answer without a content type. */
  readonly mediaType: string | undefined;
  readonly text: string;
}

/**
 * What a provider answers where the framework, the server or their limits refuse a request. The folder of tests of each provider
 * has one in `framework.ts`, exported as `target`.
 */
export interface FrameworkTarget {
  /** The seeded credential that the requests present. */
  readonly credential: string;
  /** A path with GET, below the provider's name, and one with POST whose body is read. */
  readonly get: string;
  readonly post: string;
  /** A method that no path has, on `get`. */
  readonly wrongMethod: FrameworkAnswer;
  /** Any method but OPTIONS on `/nowhere/x`; HEAD leaves the body out. */
  readonly unknownPath: FrameworkAnswer;
  /** OPTIONS on `get` and on `/nowhere/x`. */
  readonly options: readonly [known: FrameworkAnswer, unknown: FrameworkAnswer];
  /** HEAD on `get`, whose answer has no text. */
  readonly head: FrameworkAnswer;
  /** `Expect: x`, on a known path and on `/nowhere/x`. */
  readonly expectation: (path: string) => FrameworkAnswer;
  /** Bodies of `post`: `{` as JSON, none at all as JSON, `{}` as XML, `{}` of a type that is none, and one beyond the limit of 1 MiB. */
  readonly bodies: {
    readonly notJson: FrameworkAnswer;
    readonly empty: FrameworkAnswer;
    readonly xml: FrameworkAnswer;
    readonly unreadableType: FrameworkAnswer;
    /** Undefined if the limit is too high to be tested. */
    readonly tooLarge: FrameworkAnswer | undefined;
  };
  /** What the errors of the framework that no request reaches here are answered with, by the core's code. */
  readonly worded: {
    readonly request_malformed: (problem: string) => FrameworkAnswer;
    readonly payload_too_large: FrameworkAnswer;
    readonly media_type_unsupported: FrameworkAnswer;
    readonly route_not_found: FrameworkAnswer;
    readonly unavailable: FrameworkAnswer;
    readonly internal: FrameworkAnswer;
  };
}

/** Makes answers of one media type; an empty text has no content type. */
export function answersOf(mediaType: string) {
  return (status: number, text: string): FrameworkAnswer => ({ status, mediaType: text === '' ? undefined : mediaType, text });
}
