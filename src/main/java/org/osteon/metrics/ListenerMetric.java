package org.osteon.metrics;

/** What the listener for reports and orders exports of itself, as Prometheus reads it. */
public enum ListenerMetric implements ProcessMetric {
  MESSAGES(
      "osteon.listener.messages",
      "osteon_listener_messages_total",
      "counter",
      "`answer`",
      "Messages of HL7 v2, by what their sender was told: `AA`, `AE` (send again), `AR` (of no use)."),
  READY(
      "osteon.listener.ready",
      "osteon_listener_ready",
      "gauge",
      "",
      "1 where it listens and a broker answers, else 0.");

  private final ExportedMetric metric;

  ListenerMetric(String id, String exported, String kind, String labels, String meaning) {
    this.metric = new ExportedMetric(id, exported, kind, labels, meaning);
  }

  @Override
  public ExportedMetric metric() {
    return metric;
  }
}
