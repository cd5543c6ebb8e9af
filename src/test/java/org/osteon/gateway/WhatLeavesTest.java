package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.value.ConfigException;
import org.osteon.image.HandmadePng;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.Dcmtk;
import org.osteon.testing.DicomFiles;

/** Lists every attribute that left, as somebody else's reader finds it. */
class WhatLeavesTest {
  private static final String NAME = "FRACTURE^ANNA";
  private static final String NUMBER = "MRN-004711";
  private static final String ORDER = "ACC778899";
  private static final String BIRTH = "19610717";

  @TempDir private Path folder;
  private final AttributeTable table = new AttributeTable();
  private Pseudonyms pseudonyms;

  @BeforeEach
  void key() throws Exception {
    pseudonyms = Pseudonyms.read(Files.writeString(folder.resolve("key"), "k".repeat(64) + "\n"));
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws Exception {
    Path shorter = Files.writeString(folder.resolve("short"), "k".repeat(31) + "  \n");
    assertThatThrownBy(() -> Pseudonyms.read(shorter))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gateway.key.file")
        .hasMessageNotContaining("kkk");
    assertThatThrownBy(() -> Pseudonyms.read(folder.resolve("none")))
        .isInstanceOf(ConfigException.class);
    assertThat(pseudonyms.toString()).doesNotContain("k".repeat(8));
  }

  @Test
  void nothingOfThePatientLeavesAndStudiesStayTogether() throws Exception {
    Map<Integer, String> person = new HashMap<>();
    person.put(0x00100010, NAME);
    person.put(0x00100020, NUMBER);
    person.put(0x00100030, BIRTH);
    person.put(0x00101010, "065Y");
    person.put(0x00080020, "20260102");
    person.put(0x00080050, ORDER);
    person.put(0x00080080, "SAINT ELSEWHERE");
    person.put(0x00080090, "WELBY^MARCUS");
    person.put(0x00081030, NAME + " HAND");
    person.put(0x00090010, "PRIVATE " + NAME);
    person.put(0x00091001, NUMBER);
    person.put(0x00104000, NAME);
    person.put(0x00180015, "HAND");
    person.put(0x00185101, "Anna " + NAME);
    person.put(0x00204000, NUMBER);
    byte[] first = DicomFiles.drawn(7, Kind.HEALTHY, 100, 90, person);
    OutgoingImage one = leaves(first, true);
    OutgoingImage other = leaves(DicomFiles.drawn(7, Kind.FRACTURED, 100, 90, person), true);
    String text = new String(one.file(), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .doesNotContain("ANNA", "4711", "778899", BIRTH, "ELSEWHERE", "WELBY", "PRIVATE", "065Y");
    assertThat(text).doesNotContain("20260102", "2.25.27", "2.25.37", "2.25.17", "Anna");
    assertThat(text).contains("HAND", one.patient(), one.accession());
    assertThat(one.facts().bodyPart()).isEqualTo("HAND");
    assertThat(one.facts().view()).as("no code, so it stayed").isEmpty();
    assertThat(one.facts().study()).startsWith("2.25.").isEqualTo(other.facts().study());
    assertThat(one.facts().series()).isEqualTo(other.facts().series());
    assertThat(one.facts().sopInstance()).isNotEqualTo(other.facts().sopInstance());
    assertThat(one.patient()).hasSize(32).isEqualTo(other.patient());
    assertThat(one.accession()).hasSize(16).isEqualTo(other.accession());
    assertThat(leaves(first, true).file()).as("a pure function").isEqualTo(one.file());
    assertThat(leaves(first, false).facts().study()).as("kept").isEqualTo("2.25.27");
  }

  @Test
  void everyAttributeThatLeavesIsInTheTableAndEachAsTheTableSays() throws Exception {
    Dcmtk.requirePydicom();
    List<String> names = new ArrayList<>();
    Map<String, Map<String, String>> came = new HashMap<>();
    for (Path file : radiographs()) {
      names.add(file.getFileName().toString());
      Path out = folder.resolve("left-" + file.getFileName());
      Files.write(out, leaves(Files.readAllBytes(file), true).file());
      came.put("left-" + file.getFileName(), attributes(file));
    }
    TreeSet<String> left = new TreeSet<>();
    for (String name : names) {
      Map<String, String> attributes = attributes(folder.resolve("left-" + name));
      Map<String, String> before = came.getOrDefault("left-" + name, Map.of());
      attributes.forEach(
          (tag, value) -> {
            left.add(tag);
            AttributeTable.Row row = table.of(Integer.parseUnsignedInt(tag, 16));
            if (tag.startsWith("0012006")) {
              assertThat(value).isIn("YES", Deidentification.METHOD);
              return;
            }
            assertThat(row).as("%s of %s", tag, name).isNotNull();
            String original = before.getOrDefault(tag, "");
            switch (row.action()) {
              case 'K' -> assertThat(value).as(tag).isEqualTo(original);
              case 'Z' -> assertThat(value).as(tag).isEmpty();
              case 'U' -> assertThat(value).as(tag).startsWith("2.25.").isNotEqualTo(original);
              case 'P' -> assertThat(value).as(tag).matches("([0-9a-f]{16}|[0-9a-f]{32})?");
              default -> assertThat(row.vr()).as(tag).isEqualTo("SQ");
            }
          });
      assertThat(attributes).as(name).containsKeys("00080018", "00280010", "7FE00010");
    }
    System.out.println("Attributes that left of " + names.size() + " files: " + left);
  }

  @Test
  void aPictureLeavesWithoutWhatIsWrittenAroundIt() throws Exception {
    byte[] jpeg = SyntheticRadiographs.draw(1, Kind.HEALTHY).jpeg();
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(jpeg, 0, 2);
    segment(marked, 0xFE, "Comment " + NAME);
    segment(marked, 0xE1, "http://ns.adobe.com/xap/1.0/\0<x>" + NAME + "</x>");
    segment(marked, 0xED, "Photoshop 3.0\0" + NUMBER);
    segment(marked, 0xE0, "JFXX\0" + NAME + NAME);
    marked.write(jpeg, 2, jpeg.length - 2);
    marked.writeBytes(NAME.getBytes(StandardCharsets.US_ASCII));
    OutgoingImage left = leaves(marked.toByteArray(), true);
    assertThat(new String(left.file(), StandardCharsets.ISO_8859_1)).doesNotContain("ANNA", "4711");
    assertThat(pixels(left.file())).isEqualTo(pixels(jpeg));
    assertThat(left.contentType()).isEqualTo("image/jpeg");

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(ImageIO.read(new ByteArrayInputStream(jpeg)), "png", out);
    byte[] named =
        new HandmadePng()
            .chunk("tEXt", ("Name\0" + NAME).getBytes(StandardCharsets.US_ASCII))
            .end();
    byte[] png = out.toByteArray();
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(png, 0, 33);
    with.write(named, 8, named.length - 20);
    with.write(png, 33, png.length - 33);
    byte[] picture = leaves(with.toByteArray(), true).file();
    assertThat(new String(picture, StandardCharsets.ISO_8859_1)).doesNotContain("ANNA", "tEXt");
    assertThat(pixels(picture)).isEqualTo(pixels(png));
  }

  @Test
  void whatNobodyCanTakeApartDoesNotLeave() throws Exception {
    Map<Integer, String> person = Map.of(0x00100010, NAME, 0x00100020, NUMBER, 0x00081030, NAME);
    byte[] file = DicomFiles.drawn(7, Kind.HEALTHY, 100, 90, person);
    int refused = 0;
    for (int length = 0; length < 600; length++) {
      try {
        byte[] left = leaves(Arrays.copyOf(file, length), true).file();
        assertThat(new String(left, StandardCharsets.ISO_8859_1)).doesNotContain("ANNA", "4711");
      } catch (OutgoingImage.RefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
    assertThatThrownBy(() -> leaves(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, true))
        .isInstanceOf(OutgoingImage.RefusedException.class)
        .hasMessageContaining("neither");
    byte[] pixelsCut = Arrays.copyOf(file, file.length - 1000);
    assertThat(leaves(pixelsCut, true).file()).as("for the decoder to say").isNotEmpty();
  }

  private List<Path> radiographs() throws Exception {
    List<Path> files = new ArrayList<>();
    Path shared = Dcmtk.root().resolve("../shared/data/dicom/radiograph").normalize();
    if (Files.isDirectory(shared)) {
      try (Stream<Path> all = Files.list(shared)) {
        all.sorted().forEach(files::add);
      }
    }
    Map<Integer, String> person = Map.of(0x00100010, NAME, 0x00100020, NUMBER, 0x00081030, NAME);
    files.add(
        Files.write(
            folder.resolve("drawn.dcm"), DicomFiles.drawn(7, Kind.HEALTHY, 100, 90, person)));
    return files;
  }

  private OutgoingImage leaves(byte[] file, boolean hash) throws OutgoingImage.RefusedException {
    OutgoingImage.Terms terms =
        new OutgoingImage.Terms(table, pseudonyms, hash, 40_000_000, 100_000_000);
    return terms.of(new IncomingImage(file, IncomingImage.Facts.ofDicom("", "", false)));
  }

  /** Value by tag, of the data set; of a tag that comes twice the last. */
  private static Map<String, String> attributes(Path file) throws Exception {
    Path script = Dcmtk.root().resolve("src/test/python/dicom_tags.py");
    Dcmtk.Ended ended = Dcmtk.run("/usr/bin/python3", script.toString(), file.toString());
    assertThat(ended.status()).as(ended.said()).isZero();
    Map<String, String> attributes = new TreeMap<>();
    for (String line : ended.said().lines().toList()) {
      String[] cells = line.split(" ", 4);
      attributes.put(cells[1], cells.length > 3 ? cells[3] : "");
    }
    return attributes;
  }

  private static void segment(ByteArrayOutputStream out, int marker, String text) {
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) marker, 0, (byte) (text.length() + 2)});
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] pixels(byte[] jpeg) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(ImageIO.read(new ByteArrayInputStream(jpeg)), "bmp", out);
    return out.toByteArray();
  }
}
