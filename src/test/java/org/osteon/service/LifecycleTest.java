package org.osteon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> closed = new ArrayList<>();
  private final Lifecycle parts = new Lifecycle();

  @Test
  void whatCameLastGoesFirst() {
    parts.own(() -> closed.add("model"));
    parts.own(() -> closed.add("pipeline"));
    parts.own(() -> closed.add("stream"));
    parts.close();
    assertThat(closed).containsExactly("stream", "pipeline", "model");
  }

  @Test
  void onePartThatDoesNotCloseKeepsNoOtherOpen() {
    parts.own(() -> closed.add("model"));
    parts.own(
        () -> {
          throw new IllegalStateException("stuck");
        });
    parts.own(() -> closed.add("stream"));
    parts.close();
    assertThat(closed).containsExactly("stream", "model");
  }

  @Test
  void nothingIsClosedTwice() {
    parts.own(() -> closed.add("model"));
    parts.close();
    parts.close();
    assertThat(closed).containsExactly("model");
  }
}
