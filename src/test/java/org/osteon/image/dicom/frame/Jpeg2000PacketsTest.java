package org.osteon.image.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.testing.DicomFiles;
import org.osteon.testing.Program;

/**
 * The last packet of each tile is found, however they are ordered and cut: what lies behind it does
 * not leave, and no pixel is another.
 */
class Jpeg2000PacketsTest {
  private static final byte[] NAME =
      "DOE^JANE born 1970-01-01, behind the last packet".getBytes(StandardCharsets.US_ASCII);
  private static final ImageDecoder DECODER =
      ImageDecoders.standard(new ImageLimits(1 << 24, 1 << 24));
  private static final InputSpec WHOLE = new InputSpec(157, 213, InputSpec.Resize.STRETCH);

  @TempDir private Path folder;

  @Test
  void theLastPacketIsFoundInEveryOrder() throws Exception {
    Path script =
        Path.of(System.getProperty("osteon.root", ".."))
            .resolve("src/test/python/jpeg2000_variants.py");
    Program.Ended ended =
        Program.run(folder, List.of("/usr/bin/python3", script.toString(), folder.toString()));
    assumeTrue(
        ended.status() == 0 || !ended.said().contains("No module named"),
        "There is no Pillow for Python: run training/install.");
    assertThat(ended.status()).as(ended.said()).isZero();
    int files = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".j2k")).sorted().toList()) {
        byte[] codestream = Files.readAllBytes(file);
        byte[] rewritten = Jpeg2000Rewrite.of(codestream);
        assertThat(plane(rewritten)).as("pixels of %s", file).isEqualTo(plane(codestream));
        assertThat(rewritten.length)
            .as("all packets of %s are kept", file)
            .isEqualTo(withoutComment(codestream));
        assertThat(Jpeg2000Rewrite.of(named(codestream))).as("%s", file).isEqualTo(rewritten);
        files++;
      }
    }
    assertThat(files).isEqualTo(40);
  }

  /** Bytes of a codestream but for its one comment, which names the encoder. */
  private static int withoutComment(byte[] codestream) {
    int at = 2;
    int comments = 0;
    while (u16(codestream, at) != 0xFF90) {
      int length = 2 + u16(codestream, at + 2);
      comments += u16(codestream, at) == 0xFF64 ? length : 0;
      at += length;
    }
    return codestream.length - comments;
  }

  /** With a name behind the packets of each tile-part. */
  private static byte[] named(byte[] codestream) {
    int at = 2;
    while (u16(codestream, at) != 0xFF90) {
      at += 2 + u16(codestream, at + 2);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(codestream, 0, at);
    while (u16(codestream, at) == 0xFF90) {
      int length = ByteBuffer.wrap(codestream).getInt(at + 6);
      byte[] part = ByteBuffer.allocate(length + NAME.length).put(codestream, at, length).array();
      ByteBuffer.wrap(part).putInt(6, length + NAME.length).position(length).put(NAME);
      out.writeBytes(part);
      at += length;
    }
    out.write(codestream, at, codestream.length - at);
    return out.toByteArray();
  }

  private static byte[] plane(byte[] codestream) {
    Decoding decoding = DECODER.decode(DicomFiles.jpeg2000(1, codestream, 213, 157), WHOLE);
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    ByteBuffer plane = ByteBuffer.allocateDirect(WHOLE.planeBytes());
    try (Decoding.Decoded decoded = (Decoding.Decoded) decoding) {
      decoded.writeTo(plane, WHOLE);
    }
    byte[] pixels = new byte[WHOLE.planeBytes()];
    plane.flip().get(pixels);
    return pixels;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
