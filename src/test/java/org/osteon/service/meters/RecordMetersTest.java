package org.osteon.service.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RecordMetersTest {
  private final RecordMeters meters = new RecordMeters(new Meters(new SimpleMeterRegistry()));

  @Test
  void whatAThreadHeldThatDiedIsInFlightNoLonger() {
    for (int i = 0; i < 5; i++) {
      meters.received();
    }
    meters.waiting(0, 3, 1);
    meters.waiting(1, 2, 1);
    assertThat(meters.inFlight()).isEqualTo(5);
    meters.released(0);
    assertThat(meters.inFlight()).isEqualTo(2);
    // Another thread takes it and reads the same records again.
    for (int i = 0; i < 3; i++) {
      meters.received();
    }
    meters.waiting(0, 3, 1);
    assertThat(meters.inFlight()).isEqualTo(5);
    meters.waiting(0, 0, 0);
    meters.waiting(1, 0, 0);
    assertThat(meters.inFlight()).isZero();
  }
}
