package org.osteon.batch.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkAheadTest {
  private static final long MILLI = 1_000_000;

  private final WorkAhead ahead = new WorkAhead(Duration.ofSeconds(5), new FetchPace(4), 2);

  @Test
  void quickImagesAreTakenWithoutEnd() {
    take(false, 32);
    for (int i = 0; i < 32; i++) {
      ahead.decoded(MILLI);
    }
    take(false, 1000);
    assertThat(ahead.isEnough()).isFalse();
  }

  @Test
  void slowOnesAreTakenUpToFiveSecondsOfWorkForAllThreads() {
    take(false, 64);
    for (int i = 0; i < 64; i++) {
      ahead.decoded(1000 * MILLI);
    }
    int taken = 0;
    while (!ahead.isEnough()) {
      take(false, 1);
      taken++;
    }
    // Two threads; the mean has almost come to a second.
    assertThat(taken).isBetween(10, 12);
  }

  @Test
  void noThreadIsLeftWithoutWorkHoweverSlow() {
    take(false, 64);
    for (int i = 0; i < 64; i++) {
      ahead.decoded(60_000 * MILLI);
    }
    take(false, 2);
    assertThat(ahead.isEnough()).isFalse();
    take(false, 1);
    assertThat(ahead.isEnough()).isTrue();
  }

  @Test
  void aSlowStoreHoldsUpItsOwn() {
    take(true, 64);
    for (int i = 0; i < 64; i++) {
      ahead.fetched(2000 * MILLI, true);
      ahead.decoded(MILLI);
    }
    take(true, 9);
    assertThat(ahead.isEnough()).isFalse();
    take(true, 3);
    assertThat(ahead.isEnough()).isTrue();
  }

  @Test
  void everyThingThatIsDoneIsAStep() {
    take(true, 1);
    long before = ahead.steps();
    ahead.fetched(1, true);
    ahead.decoded(1);
    ahead.moved();
    assertThat(ahead.steps() - before).isEqualTo(3);
  }

  private void take(boolean byReference, int images) {
    for (int i = 0; i < images; i++) {
      ahead.taken(byReference);
    }
  }
}
