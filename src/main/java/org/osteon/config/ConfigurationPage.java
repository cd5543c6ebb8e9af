package org.osteon.config;

import org.osteon.config.keys.KeyGroups;
import org.osteon.config.value.Setting;

/** Writes {@code docs/configuration.md} from {@link KeyGroups}. */
public final class ConfigurationPage {
  private static final String HEAD =
      """
      # Which settings are there?

      <!-- Made from the settings in org.osteon.config.keys (BatchKeys and its kind): change those, then run
           mvn test -Dtest=ConfigurationPageTest -Dosteon.docs.write=true -->

      One properties file (UTF-8) given as `--config FILE`. Each key is also an environment variable, named in the
      last column. **A flag (`--set key=value`) beats the environment, the environment beats the file.** An unknown
      key or a value out of range ends the command with status 2 and one sentence, before anything is consumed.

      | key | default | range | meaning | what goes wrong | environment |
      | --- | --- | --- | --- | --- | --- |
      """;

  private static final String TAIL =
      """

      ## Settings that pass through

      | prefix | goes to | environment |
      | --- | --- | --- |
      | `kafka.*` | every Kafka client, Kafka Streams' own included: TLS, SASL, timeouts | `OSTEON_KAFKA_…` |
      | `streams.*` | Kafka Streams alone, stronger than what Osteon derives | `OSTEON_STREAMS_…` |
      | `schema.registry.*` | the registry's client: `basic.auth.*`, `bearer.auth.*`, `ssl.*` | `OSTEON_SCHEMA_REGISTRY_…` |

      The prefix is cut off: `kafka.security.protocol=SASL_SSL` reaches the clients as `security.protocol`. In a
      variable's name `_` stands for a dot: `OSTEON_KAFKA_SECURITY_PROTOCOL`. What passes through is never logged.

      Variables that Kubernetes makes up for a Service named `osteon…` (`OSTEON_SERVICE_HOST`, `OSTEON_PORT`) are
      ignored, as are `OSTEON_JAVA_OPTS` and `OSTEON_NO_BUILD`, which the launcher reads. What goes to the Java virtual machine is
      `JAVA_TOOL_OPTIONS`, with the launcher and in the image; the image refuses `OSTEON_JAVA_OPTS`.
      """;

  /** The page in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Setting<?> setting : KeyGroups.settings()) {
      String defaultValue = setting.defaultValue();
      page.append(
          "| `%s` | %s | %s | %s | %s | `%s` |%n"
              .formatted(
                  setting.key(),
                  defaultValue == null ? "none" : "`" + defaultValue + "`",
                  setting.range(),
                  setting.meaning(),
                  setting.caution(),
                  setting.variable()));
    }
    return page.append(TAIL).toString();
  }

  private ConfigurationPage() {}
}
