package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Ward;

/** Bad input among good: the good is classified, the bad is kept with its reason, nothing stops. */
@Tag("integration")
class PoisonTest {
  private static final int EACH = 30;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void badInputIsNeverLostAndNeverStopsTheStream(String guarantee) throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            Map.of("decode.isolation", "process"))) {
      Ward ward = hospital.ward;
      Random random = new Random(11);
      for (int i = 0; i < EACH; i++) {
        byte[] good = SyntheticRadiographs.draw(100 + i, Kind.FRACTURED).jpeg();
        ward.publish(3);
        ward.publish(Arrays.copyOf(good, good.length / 2 + i), "TRUNCATED_IMAGE");
        ward.publish(new byte[0], "EMPTY_IMAGE");
        ward.publish(("not an image " + i).getBytes(StandardCharsets.UTF_8), "NOT_AN_IMAGE");
        ward.publish(hugeHeader(i), "TOO_MANY_PIXELS");
        ward.publish(padded(good, 2_000_001), "TOO_MANY_BYTES");
        byte[] noise = new byte[40 + i];
        random.nextBytes(noise);
        noise[0] = 7;
        ward.publishRaw(noise, "UNKNOWN_MAGIC");
        byte[] unknown = noise.clone();
        unknown[0] = 0;
        unknown[1] = 0x7F;
        ward.publishRaw(unknown, "UNKNOWN_SCHEMA");
      }
      ward.awaitSends();
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = ward.evidence(true);
        for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
          promise.check(evidence);
        }
        assertThat(evidence.results()).hasSize(3 * EACH);
        assertThat(evidence.deadLetters()).hasSize(7 * EACH);
        assertThat(service.health().notReady()).isEmpty();
      }
    }
  }

  /** A PNG of a hundred bytes whose header claims 30,000 × 30,000 pixels, each file another. */
  private static byte[] hugeHeader(int i) {
    java.nio.ByteBuffer png = java.nio.ByteBuffer.allocate(33 + 12);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] header =
        java.nio.ByteBuffer.allocate(17)
            .put(new byte[] {'I', 'H', 'D', 'R'})
            .putInt(30_000 + i)
            .putInt(30_000)
            .put(new byte[] {8, 0, 0, 0, 0})
            .array();
    chunk(png, header);
    chunk(png, new byte[] {'I', 'E', 'N', 'D'});
    return png.array();
  }

  private static void chunk(java.nio.ByteBuffer out, byte[] typeAndData) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(typeAndData);
    out.putInt(typeAndData.length - 4).put(typeAndData).putInt((int) crc.getValue());
  }

  private static byte[] padded(byte[] image, int length) {
    return Arrays.copyOf(image, length);
  }
}
