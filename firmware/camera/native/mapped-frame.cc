#include "mapped-frame.h"

#include <linux/dma-buf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "camera-trouble.h"

namespace {

size_t length_of(int fd) {
  const off_t length = lseek(fd, 0, SEEK_END);
  if (length < 0) throw std::system_error(errno, std::generic_category(), "a buffer's size is not told");
  return length;
}

uint8_t* map(int fd, size_t length) {
  void* mapped = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "a buffer cannot be mapped");
  return static_cast<uint8_t*>(mapped);
}

/** Between start and end the processor's caches and what the camera wrote agree. Other memory knows no such call. */
void sync(const Mapping& mapping, uint64_t when) {
  const dma_buf_sync call{.flags = DMA_BUF_SYNC_RW | when};
  while (ioctl(mapping.fd, DMA_BUF_IOCTL_SYNC, &call) < 0 && (errno == EINTR || errno == EAGAIN)) {
  }
}

}  // namespace

Mapping::Mapping(int fd) : fd(fd), length(length_of(fd)), bytes(map(fd, length)) {}

Mapping::~Mapping() { munmap(bytes, length); }

MappedFrame::MappedFrame(const libcamera::FrameBuffer& buffer, Format format, size_t stride, const I420Size& size)
    : format_(format), size_(size) {
  const CameraTrouble misfit("CAMERA_FORMAT", "the camera's buffers do not hold frames of the size asked for");
  const auto planes = buffer.planes();
  // A plane whose rows overlap would be taken for a whole picture.
  if (planes.size() != planes_of(format) || stride < size.width) throw misfit;
  for (size_t at = 0; at < planes.size(); at++) {
    const auto& [fd, offset, length] = planes[at];
    if (at == 0 || fd.get() != planes[at - 1].fd.get()) mappings_.emplace_back(fd.get());
    const Mapping& mapping = mappings_.back();
    const Plane plane{mapping.bytes + offset, plane_stride(format, at, stride)};
    if (offset > mapping.length || bytes_read(format, at, plane.stride, size) > mapping.length - offset) throw misfit;
    planes_.push_back(plane);
  }
}

MappedFrame::~MappedFrame() { take(nullptr); }

void MappedFrame::take(uint8_t* to) const {
  for (const auto& mapping : mappings_) sync(mapping, DMA_BUF_SYNC_START);
  if (to) pack_i420(format_, planes_.data(), size_, to);
  for (const auto& mapping : mappings_) {
    std::memset(mapping.bytes, 0, mapping.length);
    sync(mapping, DMA_BUF_SYNC_END);
  }
}
