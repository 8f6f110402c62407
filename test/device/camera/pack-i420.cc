// Packs the picture on the standard input, as a camera would have written it, to the standard output:
//   pack-i420 yuv420|nv12 WIDTH HEIGHT STRIDE
// Its buffers are as long as they have to be, so that a sanitizer sees what goes past them.

#include "../../../firmware/camera/native/i420.h"

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

int main(int, char** arguments) {
  const Format format = std::strcmp(arguments[1], "nv12") == 0 ? Format::nv12 : Format::yuv420;
  const I420Size size{std::stoul(arguments[2]), std::stoul(arguments[3])};
  const size_t stride = std::stoul(arguments[4]);
  std::vector<std::vector<uint8_t>> bytes;
  std::vector<Plane> planes;
  for (size_t plane = 0; plane < planes_of(format); plane++) {
    const size_t own = plane_stride(format, plane, stride);
    bytes.emplace_back(bytes_read(format, plane, own, size));
    if (std::fread(bytes.back().data(), 1, bytes.back().size(), stdin) != bytes.back().size()) return 2;
    planes.push_back({bytes.back().data(), own});
  }
  if (std::getchar() != EOF) return 3;
  std::vector<uint8_t> packed(size.byte_length());
  pack_i420(format, planes.data(), size, packed.data());
  return std::fwrite(packed.data(), 1, packed.size(), stdout) == packed.size() ? 0 : 4;
}
