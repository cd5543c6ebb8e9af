package org.osteon.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dataset.layout.Samples;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

class LayoutsTest {
  @TempDir Path folder;

  @Test
  void muraTellsPatientBodyPartAndClassByItsFolders() throws IOException {
    image("MURA-v1.1/train/XR_WRIST/patient00001/study1_positive/image1.png");
    image("MURA-v1.1/train/XR_WRIST/patient00001/study1_positive/._image1.png");
    image("MURA-v1.1/train/XR_HAND/patient00001/study1_negative/image1.png");
    image("MURA-v1.1/valid/XR_ELBOW/patient11186/study1_negative/image2.png");
    assertThat(read())
        .extracting(Sample::label, Sample::group, Sample::bodyPart, Sample::split)
        .containsExactly(
            tuple(0, "patient00001", "hand", "train"),
            tuple(1, "patient00001", "wrist", "train"),
            tuple(0, "patient11186", "elbow", "test"));
  }

  @Test
  void fracAtlasTellsItByItsTable() throws IOException {
    image("images/Fractured/IMG0000019.jpg");
    image("images/Non_fractured/IMG0000000.jpg");
    Drawn.text(
        folder.resolve("dataset.csv"),
        """
        image_id,hand,leg,hip,shoulder,mixed,hardware,multiscan,fractured,fracture_count,frontal,lateral,oblique
        IMG0000000.jpg,0,1,0,0,0,0,0,0,0,1,0,0
        IMG0000019.jpg,0,1,1,0,1,0,0,1,2,1,0,0
        """);
    assertThat(read())
        .extracting(Sample::file, Sample::label, Sample::bodyPart, Sample::detail)
        .containsExactly(
            tuple("images/Fractured/IMG0000019.jpg", 1, "leg/hip", "mixed frontal"),
            tuple("images/Non_fractured/IMG0000000.jpg", 0, "leg", "frontal"));
  }

  @Test
  void grazpedwriTellsPatientAndFracture() throws IOException {
    image("images_part1/0001_1297860395_01_WRI-L1_M014.png");
    image("images_part2/0003_0662359351_01_WRI-R2_M012.png");
    Drawn.text(
        folder.resolve("dataset.csv"),
        """
        filestem,patient_id,study_number,timehash,gender,age,laterality,projection,initial_exam,ao_classification,cast,diagnosis_uncertain,osteopenia,fracture_visible,metal
        0001_1297860395_01_WRI-L1_M014,1,1,1297860395,M,14,L,1,1,23-M/2.1,,1,,1,
        0003_0662359351_01_WRI-R2_M012,3,1,662359351,M,12,R,2,1,,,,,,
        0009_not_downloaded,9,1,1,M,12,R,2,1,,,,,1,
        """);
    assertThat(read())
        .extracting(Sample::label, Sample::group, Sample::detail, Sample::quality)
        .containsExactly(
            tuple(1, "patient1", "23-M/2.1", "uncertain"), tuple(0, "patient3", "", ""));
  }

  @Test
  void classFoldersMayLieInSplitFoldersAndBearOtherNames() throws IOException {
    image("train/normal/a.jpg");
    image("valid/Fractured/b.jpg");
    image("test/comminuted-severe/c.jpg");
    ClassWords words =
        ClassWords.standard()
            .and(Map.of("Normal", "healthy", "comminuted severe", "beyond_repair"));
    assertThat(Samples.of(folder, "auto", words))
        .extracting(Sample::label, Sample::split)
        .containsExactlyInAnyOrder(tuple(0, "train"), tuple(1, "val"), tuple(2, "test"));
  }

  @Test
  void wrongWordsAreAnsweredWithWhatToWrite() {
    image("x.jpg");
    Drawn.text(folder.resolve("manifest.csv"), "file,label\nx.jpg,odd\n");
    assertThatThrownBy(this::read).hasMessageContaining("--synonym 'odd=CLASS'");
    Drawn.text(folder.resolve("manifest.csv"), "file,label,split\nx.jpg,healthy,holdout\n");
    assertThatThrownBy(this::read).hasMessageContaining("train, val or test");
    assertThatThrownBy(() -> ClassWords.standard().and(Map.of("odd", "broken")))
        .hasMessageContaining("healthy, fractured, beyond_repair");
    assertThatThrownBy(() -> Samples.of(folder, "coco", ClassWords.standard()))
        .hasMessageContaining("mura, folders");
  }

  private List<Sample> read() throws IOException {
    return Samples.of(folder, "auto", ClassWords.standard());
  }

  private void image(String name) {
    Drawn.jpeg(folder.resolve(name), 1, Kind.HEALTHY);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
