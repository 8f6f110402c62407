#include "i420.h"

#include <cstring>

namespace {

uint8_t* pack_rows(const Plane& plane, size_t width, size_t height, uint8_t* to) {
  for (size_t row = 0; row < height; row++) std::memcpy(to + row * width, plane.bytes + row * plane.stride, width);
  return to + width * height;
}

void part_pairs(const Plane& pairs, size_t width, size_t height, uint8_t* u, uint8_t* v) {
  for (size_t row = 0; row < height; row++, u += width, v += width) {
    const uint8_t* from = pairs.bytes + row * pairs.stride;
    for (size_t column = 0; column < width; column++) {
      u[column] = from[2 * column];
      v[column] = from[2 * column + 1];
    }
  }
}

}  // namespace

size_t plane_stride(Format format, size_t plane, size_t stride) {
  return format == Format::yuv420 && plane > 0 ? stride / 2 : stride;
}

size_t bytes_read(Format format, size_t plane, size_t stride, const I420Size& size) {
  if (plane == 0) return stride * (size.height - 1) + size.width;
  const size_t row = format == Format::nv12 ? 2 * size.chroma_width() : size.chroma_width();
  return stride * (size.chroma_height() - 1) + row;
}

void pack_i420(Format format, const Plane* planes, const I420Size& size, uint8_t* to) {
  uint8_t* u = pack_rows(planes[0], size.width, size.height, to);
  const size_t width = size.chroma_width(), height = size.chroma_height();
  if (format == Format::nv12) {
    part_pairs(planes[1], width, height, u, u + width * height);
  } else {
    pack_rows(planes[2], width, height, pack_rows(planes[1], width, height, u));
  }
}
