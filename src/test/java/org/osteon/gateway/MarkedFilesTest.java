package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * A name in every place of a file that can take one: in what leaves there is nothing of it, and the
 * picture is the same. Where pixels cannot be told from the rest, nothing leaves.
 */
class MarkedFilesTest {
  private static final ImageDecoder DECODER =
      ImageDecoders.standard(new ImageLimits(40_000_000, 100_000_000));
  private static final InputSpec LARGE = new InputSpec(700, 700, InputSpec.Resize.STRETCH);

  @TempDir private Path folder;
  private OutgoingImage.Terms terms;

  @BeforeEach
  void key() throws Exception {
    Pseudonyms key = Pseudonyms.read(Files.writeString(folder.resolve("key"), "k".repeat(64)));
    terms = new OutgoingImage.Terms(new AttributeTable(), key, true, 40_000_000, 100_000_000);
  }

  @Test
  void nothingLeavesOfAJpegButItsPicture() {
    byte[] drawn = SyntheticRadiographs.draw(3, Kind.FRACTURED).jpeg();
    assertThat(cleaned(MarkedPictures.jpegs(drawn))).isGreaterThan(90);
  }

  @Test
  void nothingLeavesOfAPngButItsPicture() {
    assertThat(cleaned(MarkedPictures.pngs())).isGreaterThan(25);
  }

  @Test
  void nothingLeavesOfADicomFileButItsPicture() throws Exception {
    byte[] drawn = SyntheticRadiographs.draw(3, Kind.FRACTURED).jpeg();
    assertThat(cleaned(MarkedDicom.files(drawn))).isGreaterThan(40);
  }

  @Test
  void nothingLeavesOfCompressedFramesButTheirPicture() throws Exception {
    Map<String, byte[]> files = MarkedDicomOfOthers.files();
    int left = cleaned(files);
    // Where the shared files are: JPEG lossless, JPEG-LS, JPEG 2000, RLE.
    assertThat(left).isEqualTo(files.size());
  }

  /** Bits that are no byte's: what leaves is the same as if they had never been there. */
  @Test
  void bitsToSpareAreSpared() throws Exception {
    Map<String, byte[]> pngs = MarkedPictures.pngs();
    assertThat(left(pngs, "png: bits behind the last pixel"))
        .isEqualTo(left(pngs, "png: bits, nothing"));
    Map<String, byte[]> files =
        MarkedDicom.files(SyntheticRadiographs.draw(3, Kind.FRACTURED).jpeg());
    assertThat(left(files, "dicom raw: bits that are not stored"))
        .isEqualTo(left(files, "dicom: nothing"));
  }

  private byte[] left(Map<String, byte[]> files, String place) throws Exception {
    byte[] file = Objects.requireNonNull(files.get(place), place);
    return terms.of(new IncomingImage(file, IncomingImage.Facts.ofDicom("", "", false))).file();
  }

  /** How many left; the others were refused. */
  private int cleaned(Map<String, byte[]> files) {
    List<String> leaked = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    files.forEach(
        (place, file) -> {
          assertThat(place.contains("nothing") || Marks.leaks(file) || place.contains("bits"))
              .as("%s: has no mark", place)
              .isTrue();
          try {
            byte[] left =
                terms
                    .of(new IncomingImage(file, IncomingImage.Facts.ofDicom("", "", false)))
                    .file();
            if (Marks.leaks(left)) {
              leaked.add(place);
            }
            // What a decoder stumbles over may read better without it.
            String before = plane(file);
            if (!before.startsWith("refused") && !plane(left).equals(before)) {
              changed.add(place + " " + before + " became " + plane(left));
            }
          } catch (OutgoingImage.RefusedException e) {
            refused.add(place + ": " + e.getMessage());
          }
        });
    assertThat(leaked).as("leaked").isEmpty();
    assertThat(changed).as("of other pixels").isEmpty();
    // Only what no decoder reads, and what does not say what it is, may be refused.
    for (String each : refused) {
      if (each.contains(" UID in the data set")) {
        continue;
      }
      byte[] file = Objects.requireNonNull(files.get(each.substring(0, each.lastIndexOf(": "))));
      assertThat(plane(file).startsWith("refused")).as(each).isTrue();
    }
    System.out.println(files.size() + " marked files, " + refused.size() + " refused: " + refused);
    return files.size() - refused.size();
  }

  static String plane(byte[] file) {
    Decoding decoding = DECODER.decode(file, LARGE);
    if (decoding instanceof Decoding.Rejected rejected) {
      return "refused " + rejected.fault();
    }
    ByteBuffer slot = ByteBuffer.allocateDirect(LARGE.planeBytes());
    try (Decoding.Decoded decoded = (Decoding.Decoded) decoding) {
      decoded.writeTo(slot, LARGE);
      byte[] pixels = new byte[LARGE.planeBytes()];
      slot.flip().get(pixels);
      return decoded.info().width()
          + " × "
          + decoded.info().height()
          + " "
          + org.osteon.digest.Sha256.of(pixels);
    }
  }
}
