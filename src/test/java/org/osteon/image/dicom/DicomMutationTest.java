package org.osteon.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.Radiographs;
import org.osteon.image.format.ImageDecoders;

/** Broken DICOM files end as a picture or as a reason, in time and within the limits. */
class DicomMutationTest {
  private static final int EACH = 60;
  private static final int LARGEST = 300_000;
  private static final InputSpec SPEC = new InputSpec(64, 64, InputSpec.Resize.LETTERBOX);
  private static final ImageDecoder DECODER =
      ImageDecoders.standard(new ImageLimits(4_000_000, 8_000_000));

  @Test
  @Timeout(600)
  void noMutationOfARealFileGetsOutOfTheDecoder() throws Exception {
    Path folder = Radiographs.folder().resolveSibling("dicom");
    assumeTrue(Files.isDirectory(folder), "no DICOM files in " + folder);
    Map<ImageFault, Integer> faults = new EnumMap<>(ImageFault.class);
    int read = 0;
    int tried = 0;
    Random random = new Random(4);
    try (Stream<Path> found = Files.walk(folder)) {
      List<Path> files = found.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
      for (Path file : files) {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < EACH && whole.length > 0 && whole.length < LARGEST; i++) {
          Decoding decoding = DECODER.decode(mutated(whole, random), SPEC);
          tried++;
          if (decoding instanceof Decoding.Rejected rejected) {
            faults.merge(rejected.fault(), 1, Integer::sum);
          } else if (decoding instanceof Decoding.Decoded decoded) {
            decoded.close();
            read++;
          }
        }
      }
    }
    assumeTrue(tried > 0, "no small DICOM files in " + folder);
    assertThat(read + faults.values().stream().mapToInt(n -> n).sum()).isEqualTo(tried);
    // All of one kind would mean that nothing behind the first check was reached.
    assertThat(faults).hasSizeGreaterThan(1);
    assertThat(read).isPositive();
  }

  /** Cut, or with a few bytes changed, most of them in the header. */
  private static byte[] mutated(byte[] whole, Random random) {
    if (random.nextInt(5) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] changed = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int within = random.nextInt(3) == 0 ? whole.length : Math.min(whole.length, 2000);
      changed[random.nextInt(within)] =
          random.nextInt(3) == 0 ? (byte) 0xFF : (byte) random.nextInt(256);
    }
    return changed;
  }
}
