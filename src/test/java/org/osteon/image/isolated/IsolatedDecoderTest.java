package org.osteon.image.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;

/** The processes are real ones; what ends them is what would end them outside. */
class IsolatedDecoderTest {
  private static final ImageLimits LIMITS = new ImageLimits(64L << 20, 200_000_000);
  private static final InputSpec SPEC = new InputSpec(64, 48, InputSpec.Resize.LETTERBOX);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static IsolatedDecoder decoder;

  @BeforeAll
  static void start() throws IOException {
    decoder = new IsolatedDecoder(new IsolationTerms(LIMITS, 1, PATIENCE, 256, 512));
  }

  @AfterAll
  static void stop() {
    decoder.close();
  }

  @Test
  void itAnswersAsTheDecoderInThisProcessDoes() throws IOException {
    ImageDecoder here = ImageDecoders.standard(LIMITS);
    for (byte[] file : List.of(png(300, 200), new byte[0], new byte[] {1, 2, 3}, jpegCutShort())) {
      same(here.decode(file, SPEC), decoder.decode(file, SPEC));
    }
  }

  @Test
  void aDicomHeaderComesBackWhole() throws IOException {
    Path folder = Path.of(System.getProperty("osteon.root", "..")).resolve("../shared/data/dicom");
    assumeTrue(Files.isDirectory(folder), "There are no DICOM files in ../shared/data/dicom.");
    ImageDecoder here = ImageDecoders.standard(LIMITS);
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).limit(12).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        same(here.decode(bytes, SPEC), decoder.decode(bytes, SPEC));
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessHasNeitherEnvironmentNorSockets() throws IOException {
    long pid = decoder.idle().get(0).pid();
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    assertThat(status).containsPattern("NoNewPrivs:\\s+1").containsPattern("Seccomp:\\s+2");
    assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "limits")))
        .doesNotContainPattern("Max address space\\s+unlimited");
    String environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
    assertThat(environment.split("\0")).allMatch(each -> !each.startsWith("MAVEN"));
  }

  @Test
  void aCrashCostsOneImageAndAnotherProcessTakesOver() throws Exception {
    long before = decoder.replaced();
    byte[] large = png(9_000, 9_000);
    ProcessHandle busy = decoder.idle().get(0);
    CompletableFuture<Decoding> answer =
        CompletableFuture.supplyAsync(() -> decoder.decode(large, SPEC));
    long idle = cpu(busy);
    Awaitility.await().until(() -> cpu(busy) > idle + 100_000_000L);
    new ProcessBuilder("kill", "-SEGV", Long.toString(busy.pid())).start().waitFor();
    assertThat(fault(answer.get())).isEqualTo(ImageFault.DECODER_CRASHED);
    assertThat(decoder.decode(png(30, 20), SPEC)).isInstanceOf(Decoding.Decoded.class);
    assertThat(decoder.replaced()).isEqualTo(before + 1);
  }

  @Test
  void whatTakesTooLongIsEnded() throws IOException {
    try (IsolatedDecoder hasty =
        new IsolatedDecoder(new IsolationTerms(LIMITS, 1, Duration.ofMillis(300), 256, 1024))) {
      assertThat(fault(hasty.decode(png(12_000, 12_000), SPEC)))
          .isEqualTo(ImageFault.DECODE_TIMEOUT);
      // Its first image may be too slow for the same patience.
      Awaitility.await().until(() -> hasty.decode(png(30, 20), SPEC) instanceof Decoding.Decoded);
    }
  }

  @Test
  void whatTakesTooMuchMemoryIsRefusedAndTheNextIsNot() throws IOException {
    try (IsolatedDecoder narrow =
        new IsolatedDecoder(new IsolationTerms(LIMITS, 1, PATIENCE, 128, 192))) {
      // 243 MB of pixels in a file of a few.
      byte[] colours = png(new BufferedImage(9_000, 9_000, BufferedImage.TYPE_3BYTE_BGR));
      for (int i = 0; i < 2; i++) {
        assertThat(fault(narrow.decode(colours, SPEC))).isEqualTo(ImageFault.DECODE_TOO_LARGE);
        assertThat(narrow.decode(png(30, 20), SPEC)).isInstanceOf(Decoding.Decoded.class);
      }
    }
  }

  private static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void same(Decoding here, Decoding there) {
    if (here instanceof Decoding.Rejected) {
      assertThat(there).isEqualTo(here);
      return;
    }
    try (Decoding.Decoded one = (Decoding.Decoded) here;
        Decoding.Decoded other = (Decoding.Decoded) there) {
      assertThat(other.info()).isEqualTo(one.info());
      assertThat(plane(other)).isEqualTo(plane(one));
    }
  }

  private static ByteBuffer plane(Decoding.Decoded decoded) {
    ByteBuffer plane = ByteBuffer.allocateDirect(SPEC.planeBytes());
    decoded.writeTo(plane, SPEC);
    return plane.flip();
  }

  private static ImageFault fault(Decoding decoding) {
    return ((Decoding.Rejected) decoding).fault();
  }

  private static byte[] jpegCutShort() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(stripes(100, 100), "jpg", out);
    byte[] whole = out.toByteArray();
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] png(int width, int height) throws IOException {
    return png(stripes(width, height));
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** So that even a large one is a small file. */
  private static BufferedImage stripes(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    byte[] row = new byte[width];
    for (int x = 0; x < width; x++) {
      row[x] = (byte) (x * 7);
    }
    for (int y = 0; y < height; y++) {
      raster.setDataElements(0, y, width, 1, row);
    }
    return image;
  }
}
