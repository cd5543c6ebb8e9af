package org.osteon.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.EventJson;
import org.osteon.cli.output.Json;
import org.osteon.event.CanaryStanding;
import org.osteon.event.ModelDeployment;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.ModelFolders;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.terminal.Paint;
import org.osteon.terminal.Paint.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model list}. */
@Command(
    name = "list",
    description = "Lists the versions of a folder and whether they are what they say.",
    mixinStandardHelpOptions = true)
final class ModelListCommand implements Callable<Integer> {
  private static final String LINE = "%-24s %-11s %-16s %s";

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODELS",
      arity = "0..1",
      description = "Folder with <name>/<version> below (default: the shipped ones)")
  private @Nullable Path models;

  @Option(
      names = "--deployed",
      description =
          "Says as well what replicas were told to run: active, shadow, canary, previous, and how the last canary ended.")
  private boolean deployed;

  @Option(names = "--json", description = "JSON instead of the table.")
  private boolean json;

  private final List<CanaryStanding> standings = new ArrayList<>();

  /** One line; the manifest is null where the version is refused. */
  private record Row(Path folder, @Nullable ModelVersion version, String fault) {}

  @Override
  public Integer call() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path folder :
        ModelFolders.all(models == null ? Home.folder().resolve("models") : models)) {
      try {
        rows.add(new Row(folder, ModelVersion.read(folder), ""));
      } catch (ModelRefusedException e) {
        rows.add(new Row(folder, null, String.valueOf(e.getMessage())));
      }
    }
    Map<String, ModelDeployment> told = deployed ? told() : Map.of();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("versions", rows.stream().map(ModelListCommand::facts).toList());
      Map<String, Object> roles = new LinkedHashMap<>();
      told.forEach((role, one) -> roles.put(role, EventJson.node(one)));
      all.put("deployed", roles);
      all.put("standings", standings.stream().map(EventJson::node).toList());
      out.println(Json.of(all));
    } else {
      Paint paint = Paint.here();
      out.println(paint.of(Tone.STRONG, LINE.formatted("version", "input", "variants", "state")));
      rows.forEach(
          row -> out.println(paint.of(row.version() == null ? Tone.ALARM : Tone.PLAIN, line(row))));
      told.forEach((role, one) -> show(role, one, out));
      ModelDeployment canary = told.get("canary");
      if (canary != null) {
        out.println(CanaryWords.of(canary, standings));
      }
    }
    out.flush();
    return rows.stream().allMatch(row -> row.version() != null) ? 0 : 1;
  }

  private Map<String, ModelDeployment> told() {
    Map<String, ModelDeployment> told = new LinkedHashMap<>();
    try (DeploymentTopic topic = ModelDeployCommand.topic(options.settings()).readToEnd()) {
      topic.active().ifPresent(one -> told.put("active", one));
      topic.shadow().ifPresent(one -> told.put("shadow", one));
      topic
          .canaries()
          .current()
          .ifPresent(
              one -> {
                told.put("canary", one);
                standings.addAll(topic.canaries().standings(one));
              });
      topic.canaries().decision().ifPresent(one -> told.put(word(one), one));
      topic.previous().ifPresent(one -> told.put("previous", one));
    }
    return told;
  }

  private static String line(Row row) {
    ModelVersion version = row.version();
    if (version == null) {
      return LINE.formatted(row.folder().getFileName(), "-", "-", row.fault());
    }
    ModelManifest.Input input = version.manifest().input();
    return LINE.formatted(
        version.label(),
        input.height() + " × " + input.width(),
        String.join(",", variants(version)),
        "sound, " + version.sha256().substring(0, 12));
  }

  private static Map<String, Object> facts(Row row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("folder", row.folder().toString());
    ModelVersion version = row.version();
    facts.put("sound", version != null);
    if (version == null) {
      facts.put("fault", row.fault());
      return facts;
    }
    facts.put("name", version.manifest().name());
    facts.put("version", version.manifest().version());
    facts.put("height", version.manifest().input().height());
    facts.put("width", version.manifest().input().width());
    facts.put("variants", variants(version));
    facts.put("sha256", version.sha256());
    return facts;
  }

  private static List<String> variants(ModelVersion version) {
    return version.manifest().variants().keySet().stream().sorted().toList();
  }

  private static String word(ModelDeployment decision) {
    return decision.getMode().name().toLowerCase(Locale.ROOT);
  }

  private static void show(String role, ModelDeployment one, PrintWriter out) {
    out.printf(
        "%-9s %s/%s, %s, by %s at %s, from %s%s%n",
        role,
        one.getName(),
        one.getVersion(),
        one.getSha256().substring(0, 12),
        one.getDeployedBy(),
        one.getDecidedAt() == null ? one.getDeployedAt() : one.getDecidedAt(),
        one.getUri(),
        one.getReason() == null ? "" : ": " + one.getReason());
  }
}
