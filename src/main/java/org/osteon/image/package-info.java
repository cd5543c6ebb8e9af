/** From the bytes of an image file to one grey plane of the model's size: one class per format. */
@NullMarked
package org.osteon.image;

import org.jspecify.annotations.NullMarked;
