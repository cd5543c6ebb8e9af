package org.osteon.image.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.image.Decoding;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.Mutations;
import org.osteon.image.Radiographs;

/**
 * Changed files of all formats, the hostile ones among them, at the decode processes: each ends as
 * a picture or as a reason. {@code make fuzz} goes on for minutes, from another seed each time.
 */
@Tag("integration")
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("osteon.fuzz.seconds", 20);
  private static final long SEED = Long.getLong("osteon.fuzz.seed", 20261128L);
  private static final int LARGEST = 500_000;
  private static final InputSpec SPEC = new InputSpec(96, 96, InputSpec.Resize.LETTERBOX);
  private static final IsolationTerms TERMS =
      new IsolationTerms(
          new ImageLimits(2_000_000, 16_000_000), 2, Duration.ofSeconds(15), 256, 512);

  @Test
  void whateverIsDoneToAFileTheNextOneIsDecoded() throws Exception {
    List<byte[]> files = new ArrayList<>(Mutations.files());
    files.addAll(dicom());
    Random random = new Random(SEED);
    ByteBuffer plane = ByteBuffer.allocateDirect(SPEC.planeBytes());
    Map<String, Integer> ends = new TreeMap<>();
    int tried = 0;
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    try (IsolatedDecoder decoder = new IsolatedDecoder(TERMS)) {
      // The first file once more at the end: whatever came before, it is decoded.
      while (System.nanoTime() - end < 0) {
        byte[] file = files.get(random.nextInt(files.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
          file = Mutations.of(file, random);
        }
        ends.merge(end(decoder.decode(file, SPEC), plane), 1, Integer::sum);
        tried++;
      }
      assertThat(end(decoder.decode(files.get(0), SPEC), plane)).isEqualTo("DECODED");
      System.out.printf(
          "Fuzzed from seed %d: %d files, %s, %d decode processes replaced%n",
          SEED, tried, ends, decoder.replaced());
    }
    // All of one kind would mean that nothing behind the first check was reached.
    assertThat(ends).containsKey("DECODED").hasSizeGreaterThan(3);
  }

  private static String end(Decoding decoding, ByteBuffer plane) {
    if (decoding instanceof Decoding.Decoded decoded) {
      try (decoded) {
        decoded.writeTo(plane.clear(), SPEC);
        assertThat(plane.hasRemaining()).isFalse();
      }
      return "DECODED";
    }
    Decoding.Rejected rejected = (Decoding.Rejected) decoding;
    assertThat(rejected.message()).isNotBlank();
    return rejected.fault().name();
  }

  /** Real and hostile ones; none where they are not here. */
  private static List<byte[]> dicom() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String folder : List.of("dicom", "hostile")) {
      Path at = Radiographs.folder().resolveSibling(folder);
      if (Files.isDirectory(at)) {
        try (Stream<Path> found = Files.walk(at)) {
          for (Path file : found.filter(f -> f.toString().endsWith(".dcm")).sorted().toList()) {
            if (Files.size(file) < LARGEST) {
              files.add(Files.readAllBytes(file));
            }
          }
        }
      }
    }
    return files;
  }
}
