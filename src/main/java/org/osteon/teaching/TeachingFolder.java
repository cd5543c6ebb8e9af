package org.osteon.teaching;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.osteon.client.OperationFailedException;
import org.osteon.dataset.Csv;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/**
 * The folder of a data set: a PNG for each case and {@code manifest.csv}, which is written last.
 *
 * <p>Pictures are what the decoder that serves makes of the files, grey and of their own size: no
 * header, comment or thumbnail of a file goes along, whatever its publisher left in it. Names are
 * digests.
 *
 * <p><b>Threading.</b> One thread.
 */
final class TeachingFolder {
  private static final int DIGITS = 16;
  private static final List<String> COLUMNS =
      List.of(
          "file",
          "label",
          "group",
          "split",
          "source",
          "body_part",
          "fracture_type",
          "label_quality",
          "kind",
          "finding",
          "abnormal",
          "loss",
          "version");
  private static final List<String> IDENTITIES = List.of("study", "event");

  private final Path folder;
  private final ImageDecoder decoder;
  private final boolean identities;
  private final Set<String> written = new HashSet<>();

  /**
   * @param folder made if there is none
   * @param identities whether the manifest names studies and events as the topics do
   * @throws OperationFailedException it holds something
   */
  TeachingFolder(Path folder, ImageDecoder decoder, boolean identities) throws IOException {
    this.folder = folder;
    this.decoder = decoder;
    this.identities = identities;
    Files.createDirectories(folder.resolve("images"));
    try (Stream<Path> there = Files.walk(folder)) {
      if (there.anyMatch(Files::isRegularFile)) {
        throw new OperationFailedException(
            folder + " is not empty: name a new folder, an export is never mixed with another.");
      }
    }
  }

  /**
   * Writes a picture.
   *
   * @return whether there is one now
   */
  boolean add(TeachingCase of, byte[] file) throws IOException {
    String name = name(of);
    if (written.contains(name)) {
      return true;
    }
    TeachingCase.Picture picture = of.answer().picture();
    InputSpec own = new InputSpec(picture.height(), picture.width(), InputSpec.Resize.STRETCH);
    if (!(decoder.decode(file, own) instanceof Decoding.Decoded decoded)) {
      return false;
    }
    byte[] pixels = new byte[own.planeBytes()];
    try (decoded) {
      ByteBuffer slot = ByteBuffer.allocateDirect(pixels.length).order(ByteOrder.nativeOrder());
      decoded.writeTo(slot, own);
      slot.flip().get(pixels);
    }
    BufferedImage image =
        new BufferedImage(own.width(), own.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, own.width(), own.height(), pixels);
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return written.add(name);
  }

  /** Whether the case's picture is there. */
  boolean has(TeachingCase of) {
    return written.contains(name(of));
  }

  /**
   * Writes what describes the pictures, and so completes the folder.
   *
   * @param chosen those without a picture are left out
   * @param about Markdown, for {@code training/train fit --about}
   */
  void complete(List<Choice.Chosen> chosen, String about) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(identities ? IDENTITIES : List.of());
    lines.add(String.join(",", columns));
    chosen.stream().filter(each -> has(each.of())).forEach(each -> lines.add(line(each)));
    Files.writeString(folder.resolve("DATASET.md"), about);
    Files.write(folder.resolve("manifest.csv"), lines);
  }

  private String line(Choice.Chosen chosen) {
    TeachingCase of = chosen.of();
    TeachingCase.Answer answer = of.answer();
    List<String> fields =
        new ArrayList<>(
            List.of(
                name(of),
                lower(of.found().label()),
                Choice.digest(answer.patient()).substring(0, DIGITS),
                chosen.split(),
                "site-" + answer.facility(),
                answer.bodyPart().toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(of.found().fractureType(), ""),
                lower(of.found().role()) + (of.found().ofTheImage() ? "" : " of the study"),
                lower(of.kind()),
                lower(answer.finding()),
                String.format(Locale.ROOT, "%.4f", answer.abnormal()),
                String.format(Locale.ROOT, "%.3f", of.loss()),
                answer.version()));
    if (identities) {
      fields.add(answer.study());
      fields.add(answer.event());
    }
    return Csv.line(fields.toArray(String[]::new));
  }

  private static String name(TeachingCase of) {
    return "images/" + Choice.digest(of.answer().event()).substring(0, DIGITS) + ".png";
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
