package org.osteon.service;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.osteon.config.Settings;
import org.osteon.config.keys.HttpKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the log is for people or one JSON object a line, {@code log.format}. */
public final class LogFormat {
  private LogFormat() {}

  /** Puts the format in force for the whole process. */
  public static void apply(Settings settings) {
    if (!settings.get(HttpKeys.LOG_FORMAT)
        || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext log)) {
      return;
    }
    Iterator<Appender<ILoggingEvent>> appenders =
        log.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
        appender.stop();
        appender.setEncoder(json(log));
        appender.start();
      }
    }
  }

  static JsonEncoder json(LoggerContext log) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(log);
    encoder.setWithSequenceNumber(false);
    encoder.setWithContext(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.start();
    return encoder;
  }
}
