#pragma once

#include <cstddef>
#include <cstdint>

/** A plane as the camera wrote it: rows of `stride` bytes, of which the first are samples and the rest padding. */
struct Plane {
  const uint8_t* bytes;
  size_t stride;
};

/** The formats that frames are asked for in: three planes, or luma and then pairs of chroma samples (Cb, Cr). */
enum class Format { yuv420, nv12 };

inline size_t planes_of(Format format) { return format == Format::yuv420 ? 3 : 2; }

/** The sizes that the layout of a packed I420 picture is made of, as `src/frame/i420.ts` has it. */
struct I420Size {
  size_t width, height;

  size_t chroma_width() const { return (width + 1) / 2; }
  size_t chroma_height() const { return (height + 1) / 2; }
  size_t byte_length() const { return width * height + 2 * chroma_width() * chroma_height(); }
};

/** From one row of a plane to the next, where luma rows are `stride` apart. */
size_t plane_stride(Format format, size_t plane, size_t stride);

/** The bytes of a plane that are read when it is packed: all of its rows, but for the padding of the last one. */
size_t bytes_read(Format format, size_t plane, size_t stride, const I420Size& size);

/** Writes the picture, row after row without padding, into `to`. @param planes as many as `planes_of(format)` */
void pack_i420(Format format, const Plane* planes, const I420Size& size, uint8_t* to);
