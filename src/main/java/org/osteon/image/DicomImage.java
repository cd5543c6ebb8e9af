package org.osteon.image;

/**
 * What a DICOM file says beside its pixels, and how they became grey.
 *
 * @param facts of the header
 * @param greyRule which rule of PS3.3 section C.11 made grey of stored values
 * @param frames pictures in the file, of which the first is read
 */
public record DicomImage(DicomFacts facts, String greyRule, int frames) {}
