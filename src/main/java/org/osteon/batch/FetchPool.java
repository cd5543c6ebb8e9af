package org.osteon.batch;

import org.osteon.fetch.ImageFetcher;

/**
 * Who fetches what is submitted by reference. Fetching has threads of its own in front of the
 * decode threads: a store that is slow must not keep them from images that are there.
 *
 * @param fetcher asks the stores
 * @param threads that fetch at once
 */
public record FetchPool(ImageFetcher fetcher, int threads) {
  /** Fetches nothing: every reference is forbidden. */
  public static final FetchPool NONE = new FetchPool(ImageFetcher.NONE, 0);
}
