package org.osteon.image;

/** Why an image could not be read; the names are the stable reasons of dead letters. */
public enum ImageFault {
  /** No bytes at all. */
  EMPTY_IMAGE,
  /** Bytes of no known image format. */
  NOT_AN_IMAGE,
  /** A known format, or a variant of one, that is not read here. */
  UNSUPPORTED_FORMAT,
  /** The file ends before its pixels do. */
  TRUNCATED_IMAGE,
  /** The file contradicts itself. */
  CORRUPT_IMAGE,
  /** The file is larger than {@code image.max.bytes}. */
  TOO_MANY_BYTES,
  /** The header claims more than {@code image.max.pixels}. */
  TOO_MANY_PIXELS,
  /** Decoding would take more memory than one image may take. */
  DECODE_TOO_LARGE,
  /** Decoding took longer than {@code image.decode.timeout.ms}. */
  DECODE_TIMEOUT,
  /** The decoder, or the process that it runs in, ended at it. */
  DECODER_CRASHED,
  /** A DICOM object without pixels: a directory, a plan, a report. */
  NO_PIXEL_DATA,
  /** DICOM pixels in a transfer syntax that is not read; the message names its UID. */
  UNSUPPORTED_TRANSFER_SYNTAX,
  /** All pixels have one value: nothing was imaged, or its window shows none of it. */
  DEGENERATE_IMAGE
}
