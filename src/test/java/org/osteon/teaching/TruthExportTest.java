package org.osteon.teaching;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.dataset.Csv;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Program;

/** From topics to arrays that training reads, by the commands that the documentation gives. */
@Tag("integration")
@Timeout(600)
class TruthExportTest extends AnsweredCases {
  private static final Path ROOT = Path.of(System.getProperty("osteon.root", ".."));

  @Test
  void whatIsExportedIsWhatTrainingReads() throws Exception {
    Path export = folder.resolve("export");
    CommandRun run = CommandRun.of(settings, "truth", "export", export.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("With a truth: 30 missed, 15 misread, 15 doubted, 30 right.");
    assertThat(run.err()).contains("1 chosen images are gone or out of reach");
    List<Map<String, String>> manifest = Csv.read(export.resolve("manifest.csv"));
    assertThat(manifest).hasSizeGreaterThan(60);
    for (Map<String, String> row : manifest) {
      pictureIsTheOneThatWasAnswered(export, row);
    }
    assertThat(manifest.get(0)).doesNotContainKeys("study", "event");
    assertThat(everyByte(export)).doesNotContain(NAME, "patient 1", "2.25.");
    arraysInPython(export, manifest);
    CommandRun again = CommandRun.of(settings, "truth", "export", export.toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("is not empty");
  }

  @Test
  void whereASiteAllowsItStudiesAndEventsAreNamed() throws Exception {
    Path export = folder.resolve("named");
    CommandRun run =
        CommandRun.of(
            settings, "truth", "export", export.toString(), "--identities", "--images=10");
    assertThat(run.status()).as(run.err()).isZero();
    List<Map<String, String>> manifest = Csv.read(export.resolve("manifest.csv"));
    assertThat(manifest.stream().filter(row -> "train".equals(row.get("split"))).count())
        .isBetween(9L, 10L);
    assertThat(manifest).allSatisfy(row -> assertThat(row.get("study")).startsWith("2.25."));
    CommandRun none =
        CommandRun.of(
            settings, "truth", "export", folder.resolve("x").toString(), "--version-of=m/7");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("There is nothing to learn from");
    CommandRun wrong =
        CommandRun.of(settings, "truth", "export", folder.resolve("y").toString(), "--images=1");
    assertThat(wrong.status()).isEqualTo(2);
  }

  private void pictureIsTheOneThatWasAnswered(Path export, Map<String, String> row)
      throws Exception {
    BufferedImage written = ImageIO.read(export.resolve(column(row, "file")).toFile());
    Map.Entry<String, Radiograph> of =
        drawn.entrySet().stream()
            .filter(
                each -> column(row, "file").contains(Choice.digest(each.getKey()).substring(0, 16)))
            .findFirst()
            .orElseThrow();
    assertThat(column(row, "label")).isEqualToIgnoringCase(of.getValue().kind().name());
    assertThat(column(row, "body_part")).isEqualToIgnoringCase(of.getValue().bodyPart());
    BufferedImage drawnImage = ImageIO.read(new ByteArrayInputStream(of.getValue().jpeg()));
    assertThat(written.getWidth()).isEqualTo(drawnImage.getWidth());
    int far = 0;
    for (int y = 0; y < written.getHeight(); y += 7) {
      for (int x = 0; x < written.getWidth(); x += 7) {
        far =
            Math.max(
                far,
                Math.abs(
                    written.getRaster().getSample(x, y, 0)
                        - drawnImage.getRaster().getSample(x, y, 0)));
      }
    }
    // Two decoders of JPEG may differ in the last bit or two.
    assertThat(far).isLessThanOrEqualTo(3);
  }

  private void arraysInPython(Path export, List<Map<String, String>> manifest) throws Exception {
    Path arrays = folder.resolve("arrays");
    CommandRun prepared =
        CommandRun.of(
            "dataset",
            "prepare",
            export.toString(),
            arrays.toString(),
            "--size=64",
            "--synthetic=5",
            "--allow-near-duplicates");
    assertThat(prepared.status()).as(prepared.err()).isZero();
    Program.Ended python =
        Program.run(
            ROOT.resolve("training"),
            List.of(
                "/usr/bin/python3",
                "-c",
                "import sys, pathlib; from osteon_training.arrays import load;"
                    + " d = load(pathlib.Path(sys.argv[1]));"
                    + " print(*[f'{f} {l} {g}' for p in (d.train, d.val, d.test)"
                    + " for f, l, g in zip(p.real().file, p.real().labels, p.real().group)], sep='\\n')",
                arrays.toString()));
    assertThat(python.status()).as(python.said()).isZero();
    List<String> labels = List.of("healthy", "fractured", "beyond_repair");
    assertThat(python.said().lines().toList())
        .containsExactlyInAnyOrderElementsOf(
            manifest.stream()
                .map(
                    row ->
                        "%s %d %s"
                            .formatted(
                                row.get("file"),
                                labels.indexOf(row.get("label")),
                                row.get("group")))
                .toList());
  }

  private String everyByte(Path export) throws Exception {
    try (Stream<Path> files = Files.walk(export)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return all.toString();
    }
  }

  private static String column(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }
}
