package org.osteon.batch.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FetchPaceTest {
  private static final int MOST = 500;

  private final FetchPace pace = new FetchPace(MOST);

  @Test
  void aStoreThatDecodersWaitForIsAskedForTwiceAsManyAfterEachRoundTrip() {
    int first = pace.atOnce();
    roundTrip(MOST, true);
    assertThat(pace.atOnce()).isEqualTo(2 * first);
    roundTrip(MOST, true);
    assertThat(pace.atOnce()).isEqualTo(4 * first);
    roundTrip(MOST, true);
    roundTrip(MOST, true);
    assertThat(pace.atOnce()).isEqualTo(MOST);
  }

  @Test
  void oneThatKeepsThemBusyIsNotAskedForMore() {
    int first = pace.atOnce();
    roundTrip(10 * first, false);
    assertThat(pace.atOnce()).isEqualTo(first);
  }

  @Test
  void norIsOneOfWhichNoMoreIsWanted() {
    int first = pace.atOnce();
    for (int i = 0; i < MOST; i++) {
      pace.arrived(first - 1, true);
    }
    assertThat(pace.atOnce()).isEqualTo(first);
  }

  @Test
  void whatIsNoLongerNeededIsForgotten() {
    int first = pace.atOnce();
    roundTrip(MOST, true);
    roundTrip(MOST, true);
    pace.needed(first + 1);
    assertThat(pace.atOnce()).isEqualTo(first + 1);
    pace.needed(0);
    assertThat(pace.atOnce()).isEqualTo(first);
  }

  @Test
  void noMoreThanAreAllowed() {
    assertThat(new FetchPace(3).atOnce()).isEqualTo(3);
    assertThat(new FetchPace(0).atOnce()).isZero();
  }

  /** All that may be fetched at once arrive. */
  private void roundTrip(int inHand, boolean starved) {
    int atOnce = pace.atOnce();
    for (int i = 0; i < atOnce; i++) {
      pace.arrived(inHand, starved);
    }
  }
}
