#pragma once

#include <libcamera/framebuffer.h>

#include <deque>
#include <vector>

#include "i420.h"

/** All of a buffer that belongs to a file descriptor, mapped until this ends. */
class Mapping {
 public:
  /** @throws std::system_error */
  explicit Mapping(int fd);
  Mapping(const Mapping&) = delete;
  ~Mapping();

  const int fd;
  const size_t length;
  uint8_t* const bytes;
};

/** A frame's DMA buffers, mapped for as long as this is there, and wiped at its end. */
class MappedFrame {
 public:
  /** @throws CameraTrouble when the buffers cannot hold frames of this size; std::system_error */
  MappedFrame(const libcamera::FrameBuffer& buffer, Format format, size_t stride, const I420Size& size);
  MappedFrame(const MappedFrame&) = delete;
  ~MappedFrame();

  /** Packs the picture into `to`, unless that is null, and wipes the buffers. */
  void take(uint8_t* to) const;

 private:
  const Format format_;
  const I420Size size_;
  std::deque<Mapping> mappings_;
  std::vector<Plane> planes_;
};
