// What cannot be had of a virtual camera, to be preloaded: it goes wrong as the file says whose name is in the
// environment, at the next request. 'unplug': libcamera says that it is gone; 'refuse': it takes no request; 'hang': it
// takes them and does nothing. 'wide colours': it gives pictures of no colour space but BT.2020. What rate it
// is asked for, in microseconds for a frame, it says in a file beside that one, since a virtual camera does not heed it.

#include <dlfcn.h>
#include <libcamera/libcamera.h>

#include <cstdlib>
#include <fstream>
#include <string>

using namespace libcamera;

namespace {

constexpr char GENERATE[] =
    "_ZN9libcamera6Camera21generateConfigurationENS_4SpanIKNS_10StreamRoleELm18446744073709551615EEE";

const char* fault_file() { return std::getenv("LINTEL_CAMERA_FAULT"); }

std::string fault() {
  std::string fault;
  std::getline(std::ifstream(fault_file()), fault);
  return fault;
}

/** Takes whatever it is asked for, but for the colour space. */
class Coloured : public CameraConfiguration {
 public:
  explicit Coloured(const CameraConfiguration& real) { config_ = {real.begin(), real.end()}; }

  Status validate() override {
    config_.front().colorSpace = ColorSpace::Rec2020;
    return Adjusted;
  }
};

}  // namespace

std::unique_ptr<CameraConfiguration> Camera::generateConfiguration(Span<const StreamRole> roles) {
  using Real = std::unique_ptr<CameraConfiguration> (*)(Camera*, Span<const StreamRole>);
  static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, GENERATE));
  auto configuration = real(this, roles);
  if (fault() == "wide colours") return std::make_unique<Coloured>(*configuration);
  return configuration;
}

int Camera::queueRequest(Request* request) {
  using Real = int (*)(Camera*, Request*);
  static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "_ZN9libcamera6Camera12queueRequestEPNS_7RequestE"));
  if (const auto limits = request->controls().get(controls::FrameDurationLimits)) {
    std::ofstream(std::string(fault_file()) + ".rate") << (*limits)[0] << ' ' << (*limits)[1];
  }
  const std::string wrong = fault();
  if (wrong == "unplug") disconnected.emit();
  if (wrong == "refuse") return -ENODEV;
  return wrong == "hang" ? 0 : real(this, request);
}
