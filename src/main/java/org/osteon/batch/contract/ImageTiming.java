package org.osteon.batch.contract;

/**
 * Where the time of one image went, in microseconds.
 *
 * @param queueMicros waiting to be decoded and waiting in a batch
 * @param decodeMicros decoding and resizing
 * @param inferenceMicros the model call of the whole batch
 * @param totalMicros from submission to outcome
 */
public record ImageTiming(
    long queueMicros, long decodeMicros, long inferenceMicros, long totalMicros) {}
