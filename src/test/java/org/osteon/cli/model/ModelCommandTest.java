package org.osteon.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ShippedModel;
import org.osteon.testing.CommandRun;

class ModelCommandTest {
  @TempDir Path folder;

  @Test
  void theShippedVersionIsVerifiedInEachOfItsVariants() {
    CommandRun run = CommandRun.of("model", "verify", ShippedModel.folder().toString());
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("every digest is right", "f32 on cpu", "bf16 on cpu", "ms an image")
        .containsAnyOf("int8 on cpu", "int8 is not for this machine");
  }

  @Test
  void theShippedVersionsAreListed() {
    Path models = ShippedModel.folder().resolve("../..");
    CommandRun run = CommandRun.of("model", "list", models.toString());
    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out()).contains("osteon-s/1", "sound");
  }

  @Test
  void aVersionThatWasChangedIsNamedAndTheStatusSaysSo() throws IOException {
    Path version = Files.createDirectories(folder.resolve("x/1"));
    String json = Files.readString(ShippedModel.folder().resolve("model.json"));
    Files.writeString(version.resolve("model.json"), json);
    CommandRun list = CommandRun.of("model", "list", folder.toString());
    assertThat(list.status()).isEqualTo(1);
    assertThat(list.out()).contains("is refused", "is missing");
    CommandRun verify = CommandRun.of("model", "verify", version.toString());
    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.err()).contains("is missing").hasLineCount(1);
  }
}
