package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/**
 * What decodes slowly is waited for: all of it takes far longer than a pipeline may stand still.
 */
@Tag("integration")
class SlowImagesTest {
  private static final int SIDE = 2000;
  private static final int SLOW = 40;
  private static final int GOOD = 20;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void aBacklogOfSlowPicturesIsWorkedOff(String guarantee) throws Exception {
    // Patience of six seconds with something that moves every few hundred milliseconds; decoded
    // in the service's own process, because the limit of a decode process would be part of it.
    Map<String, String> impatient = Map.of("inference.timeout.ms", "1000");
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            impatient)) {
      for (int i = 0; i < SLOW; i++) {
        hospital.ward.publish(picture(i), "");
      }
      hospital.ward.publish(GOOD);
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.NOTHING_IS_LOST.check(evidence);
        Guarantee.STUDIES_ARE_EXACT.check(evidence);
        assertThat(evidence.results()).hasSize(SLOW + GOOD);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /** Sixteen bits of four samples each: thirty-two megabytes when decoded, each file another. */
  private static byte[] picture(int seed) throws IOException {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(SIDE, SIDE);
    short[] samples = ((DataBufferUShort) raster.getDataBuffer()).getData();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % 4 == 3 ? 0xffff : i / 64 * 37 + seed * 1009);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(colours, raster, false, null), "png", out);
    return out.toByteArray();
  }
}
