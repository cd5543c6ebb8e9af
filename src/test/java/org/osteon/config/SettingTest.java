package org.osteon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.config.keys.BatchKeys;
import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.FetchKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KeyGroups;
import org.osteon.config.value.ConfigException;
import org.osteon.config.value.Setting;

class SettingTest {
  /** A group that {@link KeyGroups} does not name would be refused as unknown keys. */
  @Test
  void everySettingThatIsDefinedIsKnown() {
    long defined =
        new ClassFileImporter()
            .importPackages("org.osteon.config").stream()
                .filter(each -> each.getSimpleName().endsWith("Keys"))
                .flatMap(each -> each.getFields().stream())
                .filter(SettingTest::isSetting)
                .count();
    assertThat(KeyGroups.settings()).hasSize((int) defined).doesNotHaveDuplicates();
    assertThat(KeyGroups.settings().stream().map(Setting::key)).doesNotHaveDuplicates();
  }

  private static boolean isSetting(JavaField field) {
    JavaClass type = field.getRawType();
    return type.isEquivalentTo(Setting.class);
  }

  @Test
  void aValueIsParsedOnceIntoItsType() {
    Settings settings =
        Settings.of(
            Map.of(
                "batch.max.delay.ms", "35",
                "memory.budget.mb", "512",
                "modalities", "CR , DX",
                "duplicates.answer", "drop",
                "http.metrics.listen", "127.0.0.1:0"));
    assertThat(settings.get(BatchKeys.BATCH_MAX_DELAY_MS)).isEqualTo(Duration.ofMillis(35));
    assertThat(settings.get(ImageKeys.MEMORY_BUDGET_MB)).isEqualTo(512L << 20);
    assertThat(settings.get(ImageKeys.MODALITIES)).isEqualTo(List.of("CR", "DX"));
    assertThat(settings.get(EventKeys.DUPLICATES_ANSWER)).isTrue();
    assertThat(settings.get(HttpKeys.HTTP_METRICS_LISTEN).getPort()).isZero();
    assertThat(settings.list(FetchKeys.S3_BUCKETS)).isEmpty();
    assertThat(settings.texts()).containsEntry("modalities", "CR , DX");
  }

  @Test
  void aPortThatIsNoneIsRefusedWithTheOthers() {
    assertThatThrownBy(() -> Settings.of(Map.of("http.metrics.listen", "0.0.0.0:70000")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a port of 65535 at most");
  }
}
