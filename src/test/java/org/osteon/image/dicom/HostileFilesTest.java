package org.osteon.image.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;

/** Files that were made for attack: each ends by itself, before much was allocated for it. */
class HostileFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("osteon.root", "..")).resolve("../shared/data/hostile");

  private static final long MOST = 64L << 20;

  @ParameterizedTest
  @CsvSource({
    "alloc_rle_rgb16_600MB_tiny.dcm, TRUNCATED_IMAGE",
    "deflated_rgb16_600MB.dcm, DECODE_TOO_LARGE",
    "inner_jpegll_30000.dcm, CORRUPT_IMAGE",
    "jpegll_prog_1000scans_10000.dcm, CORRUPT_IMAGE",
  })
  void eachIsRefusedForWhatItIs(String file, ImageFault reason) throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "There are no hostile files in ../shared/data.");
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(file));
    ImageDecoder decoder = ImageDecoders.standard(new ImageLimits(32 << 20, 100_000_000));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Decoding decoding = decoder.decode(bytes, new InputSpec(224, 224, InputSpec.Resize.LETTERBOX));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(decoding).isInstanceOf(Decoding.Rejected.class);
    Decoding.Rejected rejected = (Decoding.Rejected) decoding;
    assertThat(rejected.fault()).as(rejected.message()).isIn(reason, ImageFault.DECODE_TOO_LARGE);
    assertThat(allocated).as("bytes allocated").isLessThan(MOST + bytes.length);
  }
}
