package org.osteon.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that awaits a condition waits for minutes before giving up: that costs nothing where it
 * comes soon, and a busy machine fails no test. JUnit finds it by itself, for all tests.
 */
public final class LongWaits implements BeforeAllCallback {
  /** The slowest machine so far had two tests and a training on two CPUs without AVX-512. */
  public static final Duration LONG = Duration.ofMinutes(6);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
