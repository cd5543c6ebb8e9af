package org.osteon.cli.stream;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.AlertTable;
import org.osteon.cli.output.DeadLetterTable;
import org.osteon.cli.output.EventJson;
import org.osteon.cli.output.PerformanceTable;
import org.osteon.cli.output.RecordTable;
import org.osteon.cli.output.ResultTable;
import org.osteon.cli.output.StudyTable;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Decision;
import org.osteon.event.Period;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.terminal.Paint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon watch}. */
@Command(
    name = "watch",
    description =
        "Follows results, alerts, dead-letters, studies, performance or what is for review, committed only.",
    mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      defaultValue = "results",
      paramLabel = "TOPIC",
      description =
          "results, review (the results that a person must decide), alerts, dead-letters,"
              + " studies or performance (of thirty days) (default ${DEFAULT-VALUE}).")
  private String what;

  @Option(names = "--json", description = "A line of JSON each, instead of the table.")
  private boolean json;

  @Option(names = "--from-beginning", description = "Begins with what the topic still holds.")
  private boolean fromBeginning;

  @Option(names = "--count", paramLabel = "N", description = "Ends after that many.")
  private long count;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    switch (what) {
      case "results" ->
          watch(
              settings,
              settings.get(TopicKeys.RESULTS),
              serdes.results().deserializer(),
              new ResultTable(),
              result -> true);
      case "review" ->
          watch(
              settings,
              settings.get(TopicKeys.RESULTS),
              serdes.results().deserializer(),
              new ResultTable(),
              result -> result.getDecision() == Decision.REFER);
      case "alerts" ->
          watch(
              settings,
              settings.get(TopicKeys.ALERTS),
              serdes.alerts().deserializer(),
              new AlertTable(),
              alert -> true);
      case "dead-letters" ->
          watch(
              settings,
              settings.get(TopicKeys.DEAD_LETTERS),
              serdes.deadLetters().deserializer(),
              new DeadLetterTable(serdes.events().deserializer()),
              letter -> true);
      case "studies" ->
          watch(
              settings,
              settings.get(TopicKeys.STUDIES),
              serdes.studies().deserializer(),
              new StudyTable(),
              study -> true);
      case "performance" ->
          watch(
              settings,
              settings.get(TopicKeys.PERFORMANCE),
              serdes.performance().deserializer(),
              new PerformanceTable(),
              figures -> figures.getPeriod() == Period.THIRTY_DAYS);
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "TOPIC must be results, review, alerts, dead-letters, studies or performance, not '"
                  + what
                  + "'.");
    }
    return 0;
  }

  private <T extends SpecificRecord> void watch(
      Settings settings,
      String topic,
      Deserializer<T> deserializer,
      RecordTable<T> table,
      Predicate<T> wanted) {
    PrintWriter out = spec.commandLine().getOut();
    Paint paint = Paint.here();
    AtomicLong seen = new AtomicLong();
    try (TopicFollower follower = new TopicFollower(settings, topic, fromBeginning)) {
      if (!json) {
        out.println(paint.of(Paint.Tone.STRONG, table.header()));
        out.flush();
      }
      follower.follow(
          found -> {
            try {
              T value = deserializer.deserialize(topic, found.value());
              if (value != null && wanted.test(value)) {
                out.println(
                    json ? EventJson.of(value) : paint.of(table.tone(value), table.row(value)));
                seen.incrementAndGet();
              }
            } catch (SerializationException e) {
              spec.commandLine()
                  .getErr()
                  .printf(
                      "Cannot read offset %d of partition %d: %s%n",
                      found.offset(), found.partition(), e.getMessage());
            }
            out.flush();
            return !(count > 0 && seen.get() >= count) && !out.checkError();
          });
    }
  }
}
