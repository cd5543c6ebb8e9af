package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/** A hospital of the usual kind, and what must hold of it in the end. */
final class UsualHospital {
  private UsualHospital() {}

  static Hospital with(Map<String, String> more) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        more);
  }

  static void check(Hospital hospital, int events) {
    Evidence evidence = hospital.ward.evidence(true);
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.results()).hasSize(events);
  }
}
