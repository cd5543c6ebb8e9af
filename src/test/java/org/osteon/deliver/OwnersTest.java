package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.identity.Identities;
import org.osteon.identity.IdentitySeal;
import org.osteon.identity.Original;

/** Which order a result is said to answer. */
@Tag("integration")
class OwnersTest {
  @TempDir private Path folder;

  @Test
  void anOrdersNumberIsItsOwnOrIsNotSaid() throws Exception {
    try (Site site = new Site(folder, Map.of(), "pacs.type=hl7");
        Identities kept = site.kept()) {
      site.keep(1);
      site.identities()
          .publish(
              IdentitySeal.Pseudonymous.ofOrder("0f0f", "patient-1"),
              Original.ofOrder("P-17^RIS", "F-9"))
          .get();
      Owners owners = new Owners(kept);
      Original known = owners.delivery(result("0f0f"), 0).orElseThrow().original();
      assertThat(known.of(Original.PLACER_ORDER_NUMBER)).isEqualTo("P-17^RIS");
      assertThat(known.of(Original.FILLER_ORDER_NUMBER)).isEqualTo("F-9");
      assertThat(known.of(Original.PATIENT_ID)).isEqualTo(Deliveries.NUMBER);
      for (String other : new String[] {"beef", null}) {
        assertThat(owners.delivery(result(other), 0).orElseThrow().original().attributes())
            .doesNotContainKey(Original.PLACER_ORDER_NUMBER);
      }
      // Where nothing was replaced the number is the order's own.
      assertThat(new Owners(null).delivery(result("P-17"), 0).orElseThrow().original())
          .satisfies(it -> assertThat(it.of(Original.PLACER_ORDER_NUMBER)).isEqualTo("P-17"));
    }
  }

  private static ClassificationResult result(@Nullable String order) {
    return ClassificationResult.newBuilder(
            Deliveries.result("r1", Finding.DEFINITE, "2.25.71", "2.25.81", null))
        .setOrderNumber(order)
        .build();
  }
}
