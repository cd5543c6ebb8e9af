package org.osteon.topology.study;

import java.time.Duration;

/**
 * How studies are assessed and kept.
 *
 * @param exactlyOnce outputs, state and offsets are one transaction; else what comes again is
 *     published again where the brokers may not have it
 * @param maxImages images of a study that are listed one by one
 * @param retention time without a new image after which a study is forgotten
 * @param settleAfter time without a new image after which a study's verdict is published once more,
 *     marked settled; zero for never
 * @param orders whether orders are joined to studies
 */
public record StudySettings(
    boolean exactlyOnce, int maxImages, Duration retention, Duration settleAfter, boolean orders) {}
