package org.osteon.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
  @TempDir Path models;

  @Test
  void theNewestIsTheHighestNumberAndNotTheLastByName() throws IOException {
    version("a/2");
    version("a/10");
    version("b/11");
    assertThat(ModelFolders.newest(models, "a")).contains(models.resolve("a/10"));
    assertThat(ModelFolders.newest(models, "c")).isEmpty();
  }

  @Test
  void aVersionInTheMakingIsNone() throws IOException {
    version("a/2");
    version("a/3.partial");
    Files.createDirectories(models.resolve("a/4"));
    assertThat(ModelFolders.all(models)).containsExactly(models.resolve("a/2"));
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() throws IOException {
    assertThat(ModelFolders.all(models.resolve("none"))).isEmpty();
  }

  private void version(String name) throws IOException {
    Path folder = Files.createDirectories(models.resolve(name));
    Files.writeString(folder.resolve("model.json"), "{}");
  }
}
