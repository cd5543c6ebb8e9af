package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/** Records that are large for the budget of memory, among small ones. */
@Tag("chaos")
class BigRecordsTest {
  @Test
  void recordsOfTwentyMegabytesGoThroughOneByOne() throws Exception {
    Map<String, String> large =
        Map.of(
            "image.max.bytes", "25000000",
            "image.max.pixels", "30000000",
            "memory.budget.mb", "128");
    try (Hospital hospital = UsualHospital.with(large)) {
      for (int i = 0; i < 10; i++) {
        hospital.ward.publish(bitmap(5000, 4000, i), "");
        hospital.ward.publish(5);
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        UsualHospital.check(hospital, 60);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /** Where publishers may send more than the service's budget was made for. */
  @Test
  void recordsAboveThePipelinesOwnBudgetGoAloneAndHoldNothingUp() throws Exception {
    Map<String, String> publishers =
        Map.of("image.max.bytes", "42000000", "memory.budget.mb", "256");
    try (Hospital hospital = UsualHospital.with(publishers)) {
      Settings small =
          hospital.with(Map.of("image.max.bytes", "16000000", "memory.budget.mb", "64"));
      for (int i = 0; i < 4; i++) {
        byte[] large = bitmap(8000, 5000, i);
        // Half of the budget is the pipeline's.
        assertThat((long) large.length).isGreaterThan(small.get(ImageKeys.MEMORY_BUDGET_MB) / 2);
        hospital.ward.publish(large, "TOO_MANY_BYTES");
        hospital.ward.publish(5);
      }
      try (OsteonService service = OsteonService.start(small, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.NOTHING_IS_LOST.check(evidence);
        Guarantee.NOTHING_TWICE.check(evidence);
        Guarantee.ORDER_WITHIN_A_STUDY.check(evidence);
        assertThat(evidence.results()).hasSize(20);
        assertThat(evidence.deadLetters()).hasSize(4);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /** An uncompressed grey BMP. */
  private static byte[] bitmap(int width, int height, int seed) {
    int pixels = 54 + 1024;
    ByteBuffer bmp = ByteBuffer.allocate(pixels + width * height).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(pixels);
    bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    bmp.putInt(0).putInt(width * height).putInt(0).putInt(0).putInt(256).putInt(0);
    for (int grey = 0; grey < 256; grey++) {
      bmp.putInt(grey << 16 | grey << 8 | grey);
    }
    for (int i = 0; i < width * height; i++) {
      bmp.put((byte) (i / width * seed + i));
    }
    return bmp.array();
  }
}
