#pragma once

#include <libcamera/libcamera.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "i420.h"
#include "mapped-frame.h"

/** What frames are asked of a camera. */
struct Wanted {
  I420Size size;
  double frames_per_second;
};

/** The first camera that libcamera finds, with its buffers mapped; stopped, wiped and released when this ends. */
class OpenCamera {
 public:
  /** @throws CameraTrouble, std::system_error */
  OpenCamera(libcamera::CameraManager& manager, const Wanted& wanted);
  OpenCamera(const OpenCamera&) = delete;
  ~OpenCamera();

  libcamera::Camera* operator->() const { return camera_.get(); }

  /** Has the camera fill every buffer. @throws CameraTrouble */
  void start();
  const MappedFrame& frame(const libcamera::Request& request) const { return frames_[request.cookie()]; }
  /**
   * Has the camera fill the buffers of a request anew, which is done with.
   * @param frames_per_second another rate, from that frame on
   * @throws CameraTrouble
   */
  void refill(libcamera::Request& request, std::optional<double> frames_per_second);

 private:
  void configure();
  void ask_for_rate(libcamera::ControlList& controls, double frames_per_second) const;
  void queue(libcamera::Request& request);

  const Wanted wanted_;
  // These end in the reverse order.
  const std::shared_ptr<libcamera::Camera> camera_;
  libcamera::FrameBufferAllocator allocator_;
  std::unique_ptr<libcamera::CameraConfiguration> configuration_;
  std::deque<MappedFrame> frames_;
  std::vector<std::unique_ptr<libcamera::Request>> requests_;
};
