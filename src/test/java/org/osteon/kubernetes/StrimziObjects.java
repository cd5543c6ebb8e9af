package org.osteon.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.config.Settings;
import org.osteon.event.TopicPlan;

/**
 * Topics and users as Strimzi's operators take them: topics from what {@code osteon topics} would
 * make, users from the table of ACLs in {@code docs/security.md}.
 */
final class StrimziObjects {
  /** Cells of a row: user, resource, pattern, name, operation. */
  private static final int CELLS = 7;

  private StrimziObjects() {}

  static String topics() {
    StringBuilder text =
        new StringBuilder(GeneratedManifests.MADE.formatted("what osteon topics would make"));
    for (TopicPlan plan : TopicPlan.all(Settings.of(Map.of()))) {
      text.append(
          """
          ---
          apiVersion: kafka.strimzi.io/v1
          kind: KafkaTopic
          metadata:
            name: %s
            labels: {strimzi.io/cluster: osteon}
          spec:
            partitions: %d
            replicas: 3
            config: {%s}
          """
              .formatted(
                  plan.name(),
                  TopicPlan.PARTITIONS,
                  String.join(
                      ", ",
                      plan.configs().entrySet().stream()
                          .map(each -> each.getKey() + ": " + each.getValue())
                          .toList())));
    }
    return text.toString();
  }

  static String users() throws IOException {
    Map<String, List<String>> users = new TreeMap<>();
    for (String line :
        Files.readAllLines(Manifests.folder().resolve("../docs/security.md").normalize())) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (cells.length >= CELLS && cells[2].matches("TOPIC|GROUP|TRANSACTIONAL_ID|CLUSTER")) {
        users.computeIfAbsent(cells[1], user -> new ArrayList<>()).add(acl(cells));
      }
    }
    StringBuilder text =
        new StringBuilder(GeneratedManifests.MADE.formatted("the table in docs/security.md"));
    users.forEach(
        (user, acls) ->
            text.append(
                """
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s
                  labels: {strimzi.io/cluster: osteon}
                spec:
                  authentication: {type: scram-sha-512}
                  authorization:
                    type: simple
                    acls:
                %s
                """
                    .formatted(user, String.join("\n", acls))));
    return text.toString();
  }

  private static String acl(String[] cells) {
    return "      - {resource: {type: %s, name: %s, patternType: %s}, operations: [%s]}"
        .formatted(
            word(cells[2]).toLowerCase(Locale.ROOT).equals("transactionalid")
                ? "transactionalId"
                : cells[2].toLowerCase(Locale.ROOT),
            cells[4],
            cells[3].equals("PREFIXED") ? "prefix" : "literal",
            word(cells[5]));
  }

  /** DESCRIBE_CONFIGS is DescribeConfigs there. */
  private static String word(String constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
