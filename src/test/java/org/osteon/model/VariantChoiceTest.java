package org.osteon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantChoiceTest {
  private static final int BATCH = 8;

  @TempDir Path folder;

  @BeforeAll
  static void engine() {
    DjlModel.configureEngine(Cpus.single());
  }

  @Test
  void theChosenVariantIsNotClearlySlowerThanF32() {
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    try (DjlModel chosen = VariantChoice.load(version, "cpu", "auto", BATCH);
        DjlModel f32 = DjlModel.load(version, "cpu", "f32")) {
      // Twice, because this machine is shared; bf16 without instructions for it is ten times
      // slower.
      assertThat(VariantTimes.micros(chosen, BATCH))
          .as("microseconds an image in %s", chosen.precision())
          .isLessThan(2 * VariantTimes.micros(f32, BATCH));
    }
  }

  @Test
  void aVariantThatAnswersOtherwiseHereIsLeftOut() throws IOException {
    Path copy = ShippedModel.copy(folder);
    String said =
        "\"bf16\": " + ModelVersion.read(copy).manifest().golden().tolerance().get("bf16");
    ShippedModel.edit(copy, said, "\"bf16\": -1");
    try (DjlModel chosen = VariantChoice.load(ModelVersion.read(copy), "cpu", "auto", BATCH)) {
      assertThat(chosen.precision()).isEqualTo("f32");
    }
  }

  @Test
  void aNamedVariantIsTaken() {
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    try (DjlModel named = VariantChoice.load(version, "cpu", "bf16", BATCH)) {
      assertThat(named.precision()).isEqualTo("bf16");
    }
  }
}
