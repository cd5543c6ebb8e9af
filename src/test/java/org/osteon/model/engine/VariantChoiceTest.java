package org.osteon.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.ShippedModel;

class VariantChoiceTest {
  private static final int BATCH = 8;

  @TempDir Path folder;

  @BeforeAll
  static void engine() {
    DjlEngine.configure(Cpus.single());
  }

  @Tag("bench")
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
    Map<String, Double> tolerance = ModelVersion.read(copy).manifest().golden().tolerance();
    for (String coarse : List.of("bf16", "int8")) {
      String key = "\"" + coarse + "\": ";
      ShippedModel.edit(copy, key + tolerance.get(coarse), key + "-1");
    }
    try (DjlModel chosen = VariantChoice.load(ModelVersion.read(copy), "cpu", "auto", BATCH)) {
      assertThat(chosen.precision()).isEqualTo("f32");
    }
  }

  @Test
  void aVariantThatIsSlowerThanAllowedIsGivenUp() {
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    assertThatThrownBy(() -> DjlModel.load(version, "cpu", "f32", 0))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("is not run in f32: an image takes")
        .hasMessageContaining("and 0 are allowed");
    try (DjlModel allowed = DjlModel.load(version, "cpu", "f32", Double.MAX_VALUE)) {
      assertThat(allowed.oneImageMicros()).isGreaterThan(0).isLessThan(Double.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f32", "bf16", "int8"})
  void aNamedVariantIsTaken(String precision) {
    ModelVersion version = ModelVersion.read(ShippedModel.folder());
    try (DjlModel named = VariantChoice.load(version, "cpu", precision, BATCH)) {
      assertThat(named.precision()).isEqualTo(precision);
    }
  }
}
