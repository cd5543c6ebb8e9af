package org.osteon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.TopicPlan;
import org.osteon.reports.ReportListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code osteon truth listen}. */
@Command(
    name = "listen",
    description =
        "Takes final reports by HL7 v2 (ORU^R01, MLLP) and FHIR (DiagnosticReport) and publishes what they found, and orders (ORM^O01, OMI^O23) where orders.keep.hours says so; runs where the site's key is.",
    mixinStandardHelpOptions = true)
public final class TruthListenCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    CountDownLatch stopped = new CountDownLatch(1);
    try (ReportListener listener = ReportListener.start(settings)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    listener.close();
                    Runtime.getRuntime().halt(0);
                  },
                  "osteon-drain"));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Osteon takes final reports by MLLP on port %d%s; truths go to %s%s.%n",
          listener.port(),
          listener.fhirPort().isPresent()
              ? " and by FHIR on port " + listener.fhirPort().getAsInt()
              : "",
          settings.get(TopicKeys.TRUTHS),
          TopicPlan.joinsOrders(settings) ? ", orders to " + settings.get(TopicKeys.ORDERS) : "");
      out.flush();
      stopped.await();
    }
    return 0;
  }
}
