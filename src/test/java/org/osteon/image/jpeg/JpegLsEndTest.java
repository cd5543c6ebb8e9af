package org.osteon.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.image.RejectedImageException;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;

/**
 * The last sample of a JPEG-LS scan is found: what lies behind it does not leave. That no pixel is
 * another, {@code MarkedFilesTest} says, of real files.
 */
class JpegLsEndTest {
  private static final byte[] NAME =
      "DOE^JANE, behind the last sample".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @Test
  void theLastSampleIsFoundInWhatOthersWrote() throws Exception {
    Dcmtk.require("dcmcjpls");
    Map<String, byte[]> frames = new TreeMap<>();
    int seed = 1;
    for (int[] size : new int[][] {{64, 48}, {301, 203}, {7, 500}, {1, 1}}) {
      for (List<String> how :
          List.of(
              List.of("+el"),
              List.of("+en", "+md", "1"),
              List.of("+en", "+md", "3"),
              List.of("+en", "+md", "9"))) {
        Path drawn = folder.resolve("drawn.dcm");
        Path coded = folder.resolve("coded.dcm");
        Files.write(drawn, DicomFiles.drawn(seed++, Kind.FRACTURED, size[0], size[1]));
        Stream<String> command =
            Stream.of(
                    Stream.of("dcmcjpls"),
                    how.stream(),
                    Stream.of(drawn.toString(), coded.toString()))
                .flatMap(each -> each);
        Dcmtk.Ended ended = Dcmtk.run(command.toArray(String[]::new));
        assertThat(ended.status()).as(ended.said()).isZero();
        frames.put(size[0] + " × " + size[1] + " " + how, frame(Files.readAllBytes(coded)));
      }
    }
    assertThat(frames).hasSize(16);
    for (Map.Entry<String, byte[]> each : frames.entrySet()) {
      byte[] frame = each.getValue();
      byte[] rewritten = JpegLsRewrite.frame(frame);
      assertThat(scan(rewritten)).as("all samples of %s", each.getKey()).isEqualTo(scan(frame));
      assertThat(JpegLsRewrite.frame(named(frame))).as(each.getKey()).isEqualTo(rewritten);
    }
  }

  @Test
  void aScanThatEndsBeforeItsPixelsIsRefused() throws Exception {
    Dcmtk.require("dcmcjpls");
    Path drawn = folder.resolve("drawn.dcm");
    Path coded = folder.resolve("coded.dcm");
    Files.write(drawn, DicomFiles.drawn(4, Kind.FRACTURED, 120, 90));
    assertThat(Dcmtk.run("dcmcjpls", "+el", drawn.toString(), coded.toString()).status()).isZero();
    byte[] frame = frame(Files.readAllBytes(coded));
    byte[] half = Arrays.copyOf(frame, frame.length / 2);
    // No byte of ones may stand before the end marker.
    half[half.length - 3] = 0;
    half[half.length - 2] = (byte) 0xFF;
    half[half.length - 1] = (byte) 0xD9;
    assertThatThrownBy(() -> JpegLsRewrite.frame(half))
        .isInstanceOf(RejectedImageException.class)
        .hasMessageContaining("ends before its pixels");
  }

  /** The one codestream of a DICOM file. */
  private static byte[] frame(byte[] file) {
    int from = find(file, 0, 0xD8);
    int to = from;
    for (int at = find(file, from, 0xD9); at >= 0; at = find(file, at + 2, 0xD9)) {
      to = at + 2;
    }
    return Arrays.copyOfRange(file, from, to);
  }

  private static int find(byte[] bytes, int from, int marker) {
    for (int i = from; i + 1 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xFF && (bytes[i + 1] & 0xFF) == marker) {
        return i;
      }
    }
    return -1;
  }

  /** From the scan's header to the end marker, without the bytes of ones that may fill up. */
  private static byte[] scan(byte[] frame) {
    int end = frame.length - 2;
    while (frame[end - 1] == (byte) 0xFF) {
      end--;
    }
    return Arrays.copyOfRange(frame, find(frame, 0, 0xDA), end);
  }

  private static byte[] named(byte[] frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(frame, 0, frame.length - 2);
    out.writeBytes(NAME);
    out.write(frame, frame.length - 2, 2);
    return out.toByteArray();
  }
}
