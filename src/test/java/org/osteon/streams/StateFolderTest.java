package org.osteon.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.value.ConfigException;

class StateFolderTest {
  @TempDir private Path base;

  @Test
  void twoReplicasOnAMachineShareNoneAndWhoComesBackHasItsOwn() {
    StateFolder first = StateFolder.take(base, "one");
    try (StateFolder second = StateFolder.take(base, "one")) {
      assertThat(second.folder()).isNotEqualTo(first.folder());
      Path was = first.folder();
      first.close();
      try (StateFolder again = StateFolder.take(base, "one")) {
        assertThat(again.folder()).isEqualTo(was);
      }
    }
  }

  @Test
  void anotherClusterHasAnother() {
    try (StateFolder one = StateFolder.take(base, "one")) {
      Path was = one.folder();
      one.close();
      try (StateFolder other = StateFolder.take(base, "other")) {
        assertThat(other.folder()).isNotEqualTo(was);
      }
    }
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws Exception {
    Path file = Files.createFile(base.resolve("file"));
    assertThatThrownBy(() -> StateFolder.take(file, "one"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("streams.state.dir is " + file);
  }
}
