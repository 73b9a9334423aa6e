#include "adapters/letters/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace softbot::letters {

Result<QrModules> make_qr(const std::string& content) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  constexpr int kSmallestVersionThatFits = 0;
  constexpr std::size_t kLongest = 500;
  const bool fits = !content.empty() && content.size() <= kLongest && content.find('\0') == std::string::npos;
  const std::unique_ptr<QRcode, Free> code(
      fits ? QRcode_encodeString8bit(content.c_str(), kSmallestVersionThatFits, QR_ECLEVEL_M) : nullptr);
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

}  // namespace softbot::letters
