package org.osteon.service.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.value.ConfigException;

class HeapCheckTest {
  private static final long MIB = 1 << 20;

  @Test
  void theDefaultsFitTheLaunchersHeap() {
    HeapCheck.check(Settings.of(Map.of()).get(ImageKeys.MEMORY_BUDGET_MB), 512 * MIB);
  }

  @Test
  void aBudgetThatTheHeapCannotGiveIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> HeapCheck.check(512 * MIB, 512 * MIB))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "memory.budget.mb is 512, but the Java heap is 512 MB and needs 854: lower it to 307,"
                + " or give Java more with JAVA_TOOL_OPTIONS=-Xmx896m.");
  }
}
