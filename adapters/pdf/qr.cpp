#include "adapters/pdf/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace softbot::pdf {

Result<QrModules> make_qr(const std::string& content, int least_modules) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  constexpr std::size_t kLongest = 500;
  const bool fits = !content.empty() && content.size() <= kLongest && content.find('\0') == std::string::npos;
  constexpr int case_matters = 1;
  const int version = least_modules > 17 ? (least_modules - 17) / 4 : 0;  // 0: the smallest that fits
  const std::unique_ptr<QRcode, Free> code(
      fits ? QRcode_encodeString(content.c_str(), version, QR_ECLEVEL_M, QR_MODE_8, case_matters) : nullptr);
  if (code == nullptr) {
    return fail(ErrorCode::configuration,
                "The content of a QR code is empty or longer than 500 bytes. Give it a reference.");
  }
  QrModules modules;
  modules.size = static_cast<std::size_t>(code->width);
  modules.dark.resize(modules.size * modules.size);
  std::transform(code->data, code->data + modules.dark.size(), modules.dark.begin(),
                 [](unsigned char module) { return (module & 1U) != 0; });
  return modules;
}

}  // namespace softbot::pdf
