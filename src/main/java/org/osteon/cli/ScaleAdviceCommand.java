package org.osteon.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.Json;
import org.osteon.cli.output.ProgressLines;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.metrics.MetricsText;
import org.osteon.metrics.ScaleAdvice;
import org.osteon.metrics.StreamMetric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon scale-advice}. */
@Command(
    name = "scale-advice",
    description =
        "Says how many replicas and partitions an arrival rate needs, from what running replicas spend on an image.",
    mixinStandardHelpOptions = true)
public final class ScaleAdviceCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      split = ",",
      required = true,
      description = "Replicas to look at, http://HOST:PORT, several separated by commas.")
  private List<URI> replicas = List.of();

  @Option(
      names = "--rate",
      description = "Images a second that arrive (default: what they answer now).")
  private @Nullable Double rate;

  @Option(
      names = "--target-age",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "Seconds within which an image must be answered, the backlog of now included (default ${DEFAULT-VALUE}).")
  private double targetAge;

  @Option(
      names = "--during",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to measure (default ${DEFAULT-VALUE}).")
  private int during;

  @Option(
      names = "--load",
      defaultValue = "0.7",
      description = "Share of a replica's throughput to plan with (default ${DEFAULT-VALUE}).")
  private double load;

  @Option(names = "--json", description = "JSON instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (!(load > 0 && load <= 1) || during < 1 || !(targetAge > 0) || (rate != null && rate < 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "--load must be above 0 and at most 1, --during and --target-age above 0, --rate not below 0.");
    }
    Settings settings = options.settings();
    List<MetricsText> before =
        Replicas.scrape(replicas, TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE));
    measure();
    List<MetricsText> after =
        Replicas.scrape(replicas, TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE));
    List<ScaleAdvice.Spent> spent = new ArrayList<>();
    double backlog = 0;
    double answered = 0;
    for (int i = 0; i < before.size(); i++) {
      ScaleAdvice.Spent own = ScaleAdvice.Spent.between(before.get(i), after.get(i));
      spent.add(own);
      answered += own.images();
      backlog += after.get(i).sum(StreamMetric.BACKLOG.exported());
    }
    int threads = Integer.parseInt(settings.streams().getOrDefault("num.stream.threads", "2"));
    ScaleAdvice.Wish wish =
        new ScaleAdvice.Wish(
            rate == null ? answered / during : rate, backlog, targetAge, load, threads);
    ScaleAdvice advice = ScaleAdvice.of(spent, wish, partitions(settings));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(advice));
    } else {
      advice.arithmetic().forEach(out::println);
      out.printf("replicas %d, partitions %d%n", advice.replicas(), advice.partitions());
    }
    out.flush();
    return 0;
  }

  private void measure() throws InterruptedException {
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    LongConsumer seconds = progress.begin("seconds measured", during);
    for (int second = 0; second < during; second++) {
      seconds.accept(second);
      TimeUnit.SECONDS.sleep(1);
    }
    progress.clear();
  }

  /** Of the events topic, where brokers are named. */
  private static @Nullable Integer partitions(Settings settings) {
    if (settings.find(KafkaKeys.BOOTSTRAP_SERVERS).isEmpty()) {
      return null;
    }
    String events = settings.get(TopicKeys.EVENTS);
    try (Admin admin = PlainClients.admin(settings)) {
      return KafkaFault.get(
              "describe " + events, admin.describeTopics(List.of(events)).allTopicNames())
          .values()
          .iterator()
          .next()
          .partitions()
          .size();
    }
  }
}
