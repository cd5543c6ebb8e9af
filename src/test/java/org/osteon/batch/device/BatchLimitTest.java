package org.osteon.batch.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLimitTest {
  private final BatchLimit limit = new BatchLimit(16);

  @Test
  void lessMemoryMeansFewerImagesAndMoreAgainAfterAWhile() {
    limit.hadNoMemoryFor(16);
    assertThat(limit.images()).isEqualTo(8);
    assertThat(callsUntil(16)).isEqualTo(64);
  }

  @Test
  void eachTrialThatFailsDelaysTheNext() {
    limit.hadNoMemoryFor(16);
    int first = callsUntil(16);
    limit.hadNoMemoryFor(16);
    assertThat(callsUntil(16)).isEqualTo(2 * first);
  }

  @Test
  void smallCallsProveNothing() {
    limit.hadNoMemoryFor(16);
    for (int i = 0; i < 1000; i++) {
      limit.answered(4);
    }
    assertThat(limit.images()).isEqualTo(8);
  }

  private int callsUntil(int images) {
    int calls = 0;
    while (limit.images() < images) {
      limit.answered(limit.images());
      calls++;
    }
    return calls;
  }
}
