package org.osteon.batch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void eachIsToldInTurnWithTheSameArguments() {
    PipelineListener both = PipelineListener.all(named("first"), named("second"));
    both.batchStarted(8, PipelineListener.FlushReason.FULL);
    both.decoded();
    assertThat(told).containsExactly("first 8 FULL", "second 8 FULL", "first", "second");
  }

  @Test
  void whatOneThrowsReachesTheCallerAsItIs() {
    PipelineListener stops =
        new PipelineListener() {
          @Override
          public void decoded() {
            throw new IllegalStateException("stopped here");
          }
        };
    PipelineListener both = PipelineListener.all(named("first"), stops, named("third"));
    assertThatThrownBy(both::decoded)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stopped here");
    assertThat(told).containsExactly("first");
  }

  @Test
  void itIsItselfAndNoOther() {
    PipelineListener one = PipelineListener.all(named("a"));
    assertThat(List.of(one)).contains(one);
    assertThat(List.of(PipelineListener.all(named("a")))).doesNotContain(one);
  }

  private PipelineListener named(String name) {
    return new PipelineListener() {
      @Override
      public void decoded() {
        told.add(name);
      }

      @Override
      public void batchStarted(int size, FlushReason why) {
        told.add(name + " " + size + " " + why);
      }
    };
  }
}
