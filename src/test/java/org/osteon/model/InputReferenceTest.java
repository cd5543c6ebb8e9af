package org.osteon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputReferenceTest {
  @TempDir Path folder;

  @Test
  void theShippedVersionHasOneOfEveryFeature() {
    InputReference reference =
        InputReference.of(ModelVersion.read(ShippedModel.folder())).orElseThrow();
    assertThat(reference.images()).isGreaterThan(2000);
    assertThat(reference.features()).containsOnlyKeys("grey", "size", "bodyPart", "confidence");
    InputReference.Feature size = Objects.requireNonNull(reference.features().get("size"));
    assertThat(size.bin(255)).isZero();
    assertThat(size.bin(256)).isEqualTo(1);
    assertThat(size.bin(1e9)).isEqualTo(size.shares().size() - 1);
    InputReference.Feature part = Objects.requireNonNull(reference.features().get("bodyPart"));
    assertThat(part.bin("HAND")).isZero();
    assertThat(part.bin("SKULL")).isEqualTo(part.shares().size() - 1);
  }

  @Test
  void aVersionWithoutOneIsAsGood() {
    ModelVersion old = ModelVersion.read(ShippedModel.folder().resolveSibling("1"));
    assertThat(InputReference.of(old)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"images\": 1}",
        "{\"images\": 1, \"features\": {\"grey\": {\"shares\": [1]}}}",
        "{\"images\": 1, \"features\": {\"grey\": {\"edges\": [1], \"shares\": [1]}}}",
        "{\"images\": 1, \"features\": {\"grey\": {\"edges\": [1], \"shares\": [0.5, 0.6]}}}",
        "{\"images\": 1, \"features\": {\"grey\": {\"edges\": [1], \"shares\": [-1, 2]}}}",
        "{\"images\": 1, \"features\": {\"grey\": {\"edges\": [1], \"names\": [\"A\"], \"shares\": [1, 0]}}}"
      })
  void oneThatCannotBeReadIsSaid(String json) throws Exception {
    Path copy = ShippedModel.copy(folder);
    ShippedModel.replace(copy, "reference.json", json);
    ModelVersion version = ModelVersion.read(copy);
    assertThatThrownBy(() -> InputReference.of(version))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("is no reference");
  }
}
