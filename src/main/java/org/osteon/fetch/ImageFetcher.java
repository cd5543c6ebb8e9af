package org.osteon.fetch;

import java.util.Optional;
import org.osteon.fetch.Fetched.Refused;

/**
 * Fetches what references name.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public interface ImageFetcher {
  /** Where no store is configured: every reference is forbidden. */
  ImageFetcher NONE =
      new ImageFetcher() {
        private final Refused refused =
            new Refused(
                FetchFault.FORBIDDEN_URI,
                "No store is configured: set fetch.s3.buckets, fetch.https.hosts or fetch.file.roots, or publish images inline.",
                0);

        @Override
        public Optional<Refused> refusal(Reference reference) {
          return Optional.of(refused);
        }

        @Override
        public Fetched fetch(Reference reference, long beganNanos) {
          return refused;
        }
      };

  /**
   * What is wrong with the reference itself, before room is reserved for it and anything is asked.
   */
  Optional<Refused> refusal(Reference reference);

  /**
   * Fetches and verifies, trying again while the store is away.
   *
   * @param beganNanos {@link System#nanoTime} from which its time is counted
   */
  Fetched fetch(Reference reference, long beganNanos) throws InterruptedException;
}
