#include "open-camera.h"

#include <algorithm>
#include <cmath>

#include "camera-trouble.h"

using namespace libcamera;

namespace {

std::shared_ptr<Camera> acquire(CameraManager& manager) {
  const auto cameras = manager.cameras();
  if (cameras.empty()) {
    throw CameraTrouble("CAMERA_MISSING", "libcamera finds no camera: look at its cable, and at what 'cam --list' says");
  }
  const std::shared_ptr<Camera> camera = cameras.front();
  if (const int error = camera->acquire(); error < 0) {
    throw CameraTrouble(error == -EBUSY ? "CAMERA_BUSY" : "CAMERA_FAILED",
                        "the camera " + camera->id() + " cannot be had: another program may be using it");
  }
  return {camera.get(), [camera](Camera*) { camera->release(); }};
}

/** Of the formats that this program reads, the one that needs least work. */
PixelFormat chosen(const StreamFormats& formats) {
  const auto offered = formats.pixelformats();
  for (const auto& wanted : {formats::YUV420, formats::NV12}) {
    if (std::find(offered.begin(), offered.end(), wanted) != offered.end()) return wanted;
  }
  std::string message = "the camera gives neither YUV420 nor NV12, only";
  for (const auto& format : offered) message.append(" ").append(format.toString());
  throw CameraTrouble("CAMERA_FORMAT", message);
}

/**
 * The detector takes what it is given for BT.601 in limited range. BT.709 and full range were measured to make no difference
 * to what it finds (docs/decisions/0030-what-a-camera-gives.md); of anything else that is not known.
 */
void refuse_misread_colours(const std::optional<ColorSpace>& space) {
  using Encoding = ColorSpace::YcbcrEncoding;
  if (!space || space->ycbcrEncoding == Encoding::Rec601 || space->ycbcrEncoding == Encoding::Rec709) return;
  throw CameraTrouble("CAMERA_FORMAT", "the camera gives the colours " + space->toString() +
                                           ", neither BT.601's nor BT.709's: try the driver rpicam");
}

}  // namespace

OpenCamera::OpenCamera(CameraManager& manager, const Wanted& wanted)
    : wanted_(wanted), camera_(acquire(manager)), allocator_(camera_) {
  configure();
  const StreamConfiguration& stream = configuration_->at(0);
  if (allocator_.allocate(stream.stream()) < 0) {
    throw CameraTrouble("CAMERA_FAILED", "there is no memory for the camera's buffers");
  }
  const Format format = stream.pixelFormat == formats::NV12 ? Format::nv12 : Format::yuv420;
  for (const auto& buffer : allocator_.buffers(stream.stream())) {
    auto request = camera_->createRequest(frames_.size());
    if (!request || request->addBuffer(stream.stream(), buffer.get()) < 0) {
      throw CameraTrouble("CAMERA_FAILED", "the camera takes no requests");
    }
    frames_.emplace_back(*buffer, format, stream.stride, wanted_.size);
    requests_.push_back(std::move(request));
  }
}

OpenCamera::~OpenCamera() { camera_->stop(); }

void OpenCamera::configure() {
  configuration_ = camera_->generateConfiguration({StreamRole::VideoRecording});
  if (!configuration_ || configuration_->empty()) {
    throw CameraTrouble("CAMERA_FORMAT", "the camera gives no video");
  }
  StreamConfiguration& stream = configuration_->at(0);
  const PixelFormat format = chosen(stream.formats());
  const Size size(wanted_.size.width, wanted_.size.height);
  stream.pixelFormat = format;
  stream.size = size;
  stream.colorSpace = ColorSpace::Smpte170m;
  stream.bufferCount = std::max(stream.bufferCount, 4u);
  if (configuration_->validate() == CameraConfiguration::Invalid) {
    throw CameraTrouble("CAMERA_FORMAT", "the camera gives no video of " + size.toString());
  }
  if (stream.size != size || stream.pixelFormat != format) {
    throw CameraTrouble("CAMERA_FORMAT", "the camera gives no " + format.toString() + " of " + size.toString() +
                                             ", the nearest is " + stream.pixelFormat.toString() + " of " +
                                             stream.size.toString() + ": set its width and height to that");
  }
  refuse_misread_colours(stream.colorSpace);
  if (camera_->configure(configuration_.get()) < 0) {
    throw CameraTrouble("CAMERA_FAILED", "the camera cannot be set up for " + size.toString());
  }
}

void OpenCamera::start() {
  ControlList controls;
  ask_for_rate(controls, wanted_.frames_per_second);
  if (camera_->start(&controls) < 0) throw CameraTrouble("CAMERA_FAILED", "the camera does not start");
  for (const auto& request : requests_) queue(*request);
}

void OpenCamera::ask_for_rate(ControlList& controls, double frames_per_second) const {
  if (!camera_->controls().count(&controls::FrameDurationLimits)) return;
  const int64_t microseconds = std::llround(1e6 / frames_per_second);
  controls.set(controls::FrameDurationLimits, Span<const int64_t, 2>({microseconds, microseconds}));
}

void OpenCamera::refill(Request& request, std::optional<double> frames_per_second) {
  request.reuse(Request::ReuseBuffers);
  if (frames_per_second) ask_for_rate(request.controls(), *frames_per_second);
  queue(request);
}

void OpenCamera::queue(Request& request) {
  const int error = camera_->queueRequest(&request);
  if (error == -ENODEV) throw CameraTrouble("CAMERA_GONE", "the camera was taken away");
  if (error < 0) throw CameraTrouble("CAMERA_FAILED", "the camera takes no more requests");
}
