package org.osteon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.CommandRun;
import picocli.CommandLine;

/** No secret in an error or in the arguments of a process. */
@Timeout(600)
class SecretsTest {
  private static final String PLANTED = "planted-4f1d9c";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka.sasl.jaas.config | ScramLoginModule needed user=x password=SECRET",
        "kafka.sasl.jaas.config | SECRET",
        "kafka.ssl.keystore.password | SECRET",
        "kafka.ssl.truststore.password | SECRET",
        "schema.registry.basic.auth.user.info | osteon:SECRET",
        "schema.registry.bearer.auth.token | SECRET"
      })
  void anErrorSaysWhatIsWrongAndNotTheSecret(String key, String value) throws IOException {
    Path missing = folder.resolve("missing.p12");
    Path file =
        Files.writeString(
            folder.resolve("osteon.properties"),
            """
            bootstrap.servers=127.0.0.1:1
            schema.registry.url=http://127.0.0.1:1
            kafka.security.protocol=SASL_SSL
            kafka.sasl.mechanism=SCRAM-SHA-512
            kafka.ssl.keystore.location=%s
            kafka.ssl.truststore.location=%s
            %s=%s
            """
                .formatted(missing, missing, key, value.replace("SECRET", PLANTED)));
    for (String verbose : List.of("", "--verbose")) {
      List<String> arguments = new ArrayList<>(List.of("topics", "--dry-run"));
      arguments.add("--config=" + file);
      if (!verbose.isEmpty()) {
        arguments.add(0, verbose);
      }
      CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
      assertThat(run.status()).as(run.err()).isNotZero();
      assertThat(run.err()).isNotEmpty();
      assertThat(run.out() + run.err()).doesNotContain(PLANTED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.sasl.jaas.config",
        "kafka.ssl.keystore.password",
        "schema.registry.basic.auth.user.info",
        "schema.registry.bearer.auth.token"
      })
  void aSecretIsNoArgument(String key) {
    CommandRun run = CommandRun.of("topics", "--dry-run", "--set=" + key + "=" + PLANTED);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(key, "environment").doesNotContain(PLANTED);
  }

  @Test
  void noOptionOfAnyCommandTakesASecret() {
    List<String> names = new ArrayList<>();
    gather(Osteon.commandLine(), names);
    assertThat(names)
        .hasSizeGreaterThan(30)
        .noneMatch(name -> name.matches("(?i).*(password|secret|token|credential).*"));
  }

  private static void gather(CommandLine command, List<String> names) {
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(sub -> gather(sub, names));
  }
}
