package org.osteon.bench.flame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.bench.rig.ImageSet;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.isolated.IsolatedDecoder;
import org.osteon.image.isolated.IsolationTerms;

@Timeout(120)
class CpuCostsTest {
  private static final InputSpec SPEC = new InputSpec(192, 192, InputSpec.Resize.LETTERBOX);

  @Test
  void decodingInProcessesIsDecodingAndTheirCompilersAreCompilers() throws Exception {
    IsolationTerms terms =
        new IsolationTerms(new ImageLimits(1 << 26, 1 << 28), 1, Duration.ofMinutes(1), 256, 512);
    CpuCosts idle = CpuCosts.now(Map.of());
    assertThat(idle.micros()).doesNotContainKey(CpuCosts.DECODE_PROCESSES);
    try (IsolatedDecoder decoder = new IsolatedDecoder(terms)) {
      CpuCosts before = CpuCosts.now(Map.of());
      int images = 0;
      double decoding = 0;
      // The kernel counts in hundredths of a second.
      while (decoding < 50_000) {
        decoder.decode(ImageSet.small().files().get(0), SPEC);
        images++;
        decoding =
            images
                * CpuCosts.now(Map.of())
                    .perImage(before, images)
                    .micros()
                    .getOrDefault(CpuCosts.DECODE_PROCESSES, 0.0);
      }
      CpuCosts each = CpuCosts.now(Map.of()).perImage(before, images);
      assertThat(each.useful()).isGreaterThanOrEqualTo(50_000.0 / images);
      assertThat(each.micros().get(CpuCosts.COMPILERS)).isPositive();
    }
  }
}
