package org.osteon.topology.study;

import java.time.Duration;
import org.osteon.config.Thresholds;

/**
 * How studies are assessed and when alerts are raised.
 *
 * @param exactlyOnce outputs, state and offsets are one transaction; else what comes again is
 *     published again where the brokers may not have it
 * @param maxImages images of a study that are listed one by one
 * @param retention time without a new image after which a study is forgotten
 * @param urgent from which probability of anything but healthy on an alert is URGENT
 * @param critical from which probability of beyond repair on an alert is CRITICAL
 */
public record StudySettings(
    boolean exactlyOnce,
    int maxImages,
    Duration retention,
    Thresholds urgent,
    Thresholds critical) {}
